// The door: one verb per story. Sentences are Dutch; exit code 0 done, 1 something was refused, 2 wrong usage.
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { UsageError, usageSentence } from "./usage-error.ts";

const month = (text: string): string => {
    if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) throw new InvalidArgumentError("verwacht jjjj-mm, bijvoorbeeld 2022-01");
    return text;
};

const period = (text: string): string => {
    if (!/^\d{4}(-(0[1-9]|1[0-2])|-Q[1-4])?$/.test(text))
        throw new InvalidArgumentError("verwacht 2024-06, 2024-Q2 of 2024");
    return text;
};

const wholeNumber =
    (lowest: number) =>
    (text: string): number => {
        if (!/^\d+$/.test(text) || Number(text) < lowest)
            throw new InvalidArgumentError(`verwacht een geheel getal vanaf ${lowest}`);
        return Number(text);
    };

const helpTitles: Record<string, string> = { "Usage:": "Gebruik:", "Options:": "Opties:", "Commands:": "Opdrachten:" };

const lakeOption = () =>
    new Option("--lake <map>", "het meer: een map, of s3://bucket/voorvoegsel").makeOptionMandatory();

function endQuietly(error: NodeJS.ErrnoException): void {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
}

/** Runs one command line; returns the exit code and never throws. */
export async function main(words: string[]): Promise<number> {
    let code = 0;
    // a reader that stops early (| head) has what it wanted
    if (!process.stdout.listeners("error").includes(endQuietly)) process.stdout.on("error", endQuietly);
    const program = new Command("regiospiegel")
        .description("Leveringen van huisartsenpraktijken worden betrouwbare spiegelpagina's.")
        .usage("<opdracht> [opties]")
        .helpOption("-h, --help", "toon deze hulp")
        .helpCommand("help [opdracht]", "toon de hulp van een opdracht")
        // the library's own English complaints are replaced by the sentences of usage-error.ts
        .configureOutput({ outputError: () => {} })
        .configureHelp({ styleTitle: (title) => helpTitles[title] ?? title })
        .exitOverride();

    const verb = (line: string, explanation: string): Command =>
        program
            .command(line)
            .description(explanation)
            .usage(`${line.split(" ").slice(1).join(" ")} [opties]`.trim())
            .helpOption("-h, --help", "toon deze hulp")
            .configureOutput({ outputError: () => {} })
            .configureHelp({ styleTitle: (title) => helpTitles[title] ?? title })
            .exitOverride();
    const does =
        (story: string, run: string) =>
        async (...given: unknown[]): Promise<void> => {
            // loaded on demand: `values` should not wait for the demo generator or the page renderer
            const module = (await import(`./commands/${story}.ts`)) as Record<
                string,
                (...given: unknown[]) => Promise<number>
            >;
            code = (await module[run]?.(...given)) ?? 1;
        };

    verb("start", "maak de demoregio, verwerk haar en toon de pagina's")
        .option("--no-serve", "stop na het publiceren")
        .option("--port <poort>", "poort van de webserver", wholeNumber(0), 8080)
        .option("--data <map>", "waar demo, meer en site komen", ".regiospiegel")
        .action(does("start", "start"));
    verb("demo", "schrijf de leveringen van een verzonnen regio")
        .requiredOption("--out <map>", "map voor de leveringen")
        .option("--seed <getal>", "een ander getal geeft een andere regio", wholeNumber(0))
        .option("--practices <aantal>", "praktijken", wholeNumber(1))
        .option("--patients <aantal>", "ingeschreven patiënten in december 2022", wholeNumber(1))
        .option("--from <maand>", "eerste gepubliceerde maand", month)
        .option("--to <maand>", "laatste maand", month)
        .action(does("demo", "demo"));
    verb("ingest <paden...>", "neem leveringen op in het meer")
        .addOption(lakeOption())
        .option(
            "--hold <controles>",
            "houd een levering aan als deze controles niet opgaan (met komma's ertussen, of: alle)",
        )
        .option("--letters <map>", "schrijf de kwaliteitsbrief van elke levering, ook van een geweigerde, in deze map")
        .option("--json", "ontvangstbewijzen als JSON")
        .action(does("ingest", "ingestPaths"));
    verb("refresh", "reken de indicatoren en doelen uit")
        .addOption(lakeOption())
        .option("--from <maand>", "eerste maand", month)
        .option("--to <maand>", "laatste maand", month)
        .option("--as-of <uitgave>", "een oudere uitgave in plaats van de huidige")
        .addOption(
            new Option("--engine <engine>", "wat rekent: deze computer, of Athena bij een meer in S3")
                .choices(["duckdb", "athena"])
                .default("duckdb"),
        )
        .option("--json", "verslag als JSON")
        .action(does("refresh", "refreshLake"));
    verb("values", "toon de cijfers voor de beheerder, zonder onderdrukking")
        .addOption(lakeOption())
        .option("--indicator <id>", "een indicator")
        .addOption(
            new Option("--level <niveau>", "een niveau").choices([
                "practice",
                "hagro",
                "area",
                "organisation",
                "region",
            ]),
        )
        .option("--period <tijdvak>", "2024-06, 2024-Q2 of 2024; zonder: alle maanden", period)
        .addOption(
            new Option("--format <vorm>", "vorm van de uitvoer").choices(["table", "json", "csv"]).default("table"),
        )
        .action(does("values", "showValues"));
    verb("explain <indicator>", "toon hoe een cijfer van een praktijk tot stand kwam, voor de beheerder")
        .addOption(lakeOption())
        .requiredOption("--practice <agb>", "de praktijk")
        .requiredOption("--period <maand>", "de maand", month)
        .option("--rows <stap>", "toon ook de gepseudonimiseerde rijen van een stap")
        .option("--json", "als JSON")
        .action(does("explain", "explainNumber"));
    verb("changes", "toon wat er tussen twee uitgaven veranderde en waardoor, in patiënten")
        .addOption(lakeOption())
        .option("--from <uitgave>", "de eerdere uitgave (anders de vorige publicatie, of de uitgave ervoor)")
        .option("--to <uitgave>", "de latere uitgave (anders de uitkomsten van nu)")
        .option("--indicator <id>", "een indicator, op alle niveaus")
        .option("--json", "alles als JSON")
        .action(does("changes", "showChanges"));
    verb("publish", "maak de pagina's van alle doelgroepen")
        .addOption(lakeOption())
        .requiredOption("--site <map>", "map van de site")
        .option("--accept-definitions <kenmerk>", "publiceer de cijfers van deze nieuwe definities, zoals gemeld")
        .option("--json", "verslag als JSON")
        .action(does("publish", "publishLake"));
    verb("attack", "val de gepubliceerde site aan: is een beschermde telling te herleiden?")
        .requiredOption("--site <map>", "map van de site")
        .option("--audience <doelgroep>", "een soort (coalitie) of een doelgroep (praktijk/01053293); zonder: allemaal")
        .option("--lake <map>", "het meer (anders dat waaruit gepubliceerd is)")
        .option("--json", "verslag als JSON")
        .action(does("attack", "attackSite"));
    verb("serve", "toon een gepubliceerde site op deze computer, met inloggen")
        .requiredOption("--site <map>", "map van de site")
        .option("--port <poort>", "poort", wholeNumber(0), 8080)
        .option("--open", "zonder inloggen; alleen voor een demo, en alleen op deze computer")
        .action(does("serve", "serveSite"));
    verb(
        "preview",
        "toon de pagina's terwijl u eraan werkt; tekent ze opnieuw als er een bestand in dashboards/ verandert",
    )
        .option("--lake <map>", "een meer met uitkomsten; er wordt niets van gepubliceerd", ".regiospiegel/meer")
        .option("--bundles <map>", "een map met bundels, in plaats van het meer")
        .option("--port <poort>", "poort", wholeNumber(0), 8090)
        .action(does("preview", "previewSite"));
    verb("revoke <persoon>", "neem iemands toegang weg, zoals het logboek hem noemt (subject)")
        .requiredOption("--site <map>", "map van de site")
        .option("--undo", "geef de toegang terug")
        .action(does("revoke", "revokeAccess"));
    verb(
        "format <doen> <voorbeelden...>",
        "new: stel een indeling voor bij een voorbeeld; check: toets een indeling eraan",
    )
        .usage("new [NAAM] VOORBEELD... [--out MAP] of check [NAAM of BESTAND.ts] VOORBEELD... [opties]")
        .option("--out <map>", "waar new het bestand van de indeling schrijft (anders pipelines/formats)")
        .option("--json", "verslag als JSON")
        .action(does("format", "formatVerb"));
    verb("deliveries", "toon welke leveringen het meer heeft")
        .addOption(lakeOption())
        .option("--json", "als JSON")
        .action(does("lists", "listDeliveries"));
    verb("releases", "toon de uitgaven van het meer")
        .addOption(lakeOption())
        .option("--json", "als JSON")
        .action(does("lists", "listReleases"));
    verb("rollback <uitgave>", "laat een oudere uitgave weer gelden; er wordt niets verwijderd")
        .addOption(lakeOption())
        .option("--json", "ontvangstbewijs als JSON")
        .action(does("rollback", "rollbackLake"));
    verb("gc", "verwijder wat geen behouden uitgave meer noemt")
        .addOption(lakeOption())
        .option("--keep <aantal>", "zoveel uitgaven blijven leesbaar (anders 50)", wholeNumber(1))
        .option("--sealed-days <dagen>", "zo lang blijven kopieën van opgenomen leveringen (anders 30)", wholeNumber(0))
        .option("--json", "ontvangstbewijs als JSON")
        .action(does("collect", "collectLake"));
    verb("forget", "vergeet een patiënt (bezwaar) of een hele praktijk, in alle uitgaven")
        .addOption(lakeOption())
        .requiredOption("--practice <agb>", "AGB-code van de praktijk")
        .option("--patient <pseudoniem>", "pseudoniem uit het HIS van die praktijk; - leest het van de invoer")
        .option("--json", "ontvangstbewijs als JSON")
        .action(does("forget", "forgetInLake"));
    verb("letter <levering>", "toon de kwaliteitsbrief van een levering")
        .addOption(lakeOption())
        .option("--practice <agb>", "alleen het deel van deze praktijk in een gezamenlijke levering")
        .addOption(new Option("--format <vorm>", "vorm van de brief").choices(["text", "html"]).default("text"))
        .action(does("letter", "showLetter"));

    try {
        await program.parseAsync(words, { from: "user" });
        return code;
    } catch (error) {
        if (error instanceof CommanderError) {
            if (error.exitCode === 0) return 0;
            if (error.code !== "commander.help") process.stderr.write(`${usageSentence(error.code, error.message)}\n`);
            return 2;
        }
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
        return error instanceof UsageError ? 2 : 1;
    }
}
