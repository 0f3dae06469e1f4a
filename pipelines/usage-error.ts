/** The command cannot be carried out as it was given: exit code 2. */
export class UsageError extends Error {}

const advice = "Zie regiospiegel --help, of regiospiegel <opdracht> --help.";

/** What the command line library complains of, as one Dutch sentence and where to look. */
export function usageSentence(code: string, message: string): string {
    const named = /'([^']+)'/.exec(message)?.[1] ?? "";
    const allowed = /Allowed choices are (.+?)\.?$/.exec(message)?.[1];
    const own = /is invalid\. (.+)$/.exec(message)?.[1];
    const sentences: Record<string, string> = {
        "commander.unknownCommand": `Onbekende opdracht ${named}.`,
        "commander.unknownOption": `Onbekende optie ${named}.`,
        "commander.missingMandatoryOptionValue": `De optie ${named} ontbreekt.`,
        "commander.optionMissingArgument": `De optie ${named} heeft een waarde nodig.`,
        "commander.missingArgument": `Er ontbreekt een argument: ${message.includes("paden") ? "geef een of meer paden van leveringen" : named}.`,
        "commander.excessArguments": "Er staan te veel woorden in de opdracht.",
        "commander.invalidArgument": `De waarde van ${named} klopt niet: ${allowed ? `kies uit ${allowed}` : (own ?? "zie de hulp")}.`,
    };
    return `${sentences[code] ?? "De opdracht klopt niet."} ${advice}`;
}
