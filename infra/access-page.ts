// Writes infra/toegang.md from the templates: every right and every accepted finding. `npm run access-page`.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Acknowledged } from "./acknowledge.ts";
import { synthesised } from "./judged.ts";
import type { RoleRights, Statement } from "./rights.ts";

const TITLE = `# Toegang

Gemaakt uit de sjablonen met \`npm run access-page\`; een toets bewaakt dat deze bladzijde klopt. De omgeving heet hier *voorbeeld*, de rekening 111122223333; alle opties staan aan.

Rechten staan in eigen beleid per rol (nooit een beleid van AWS, nooit los aan een rol), elke actie is uitgeschreven. Sleutels zijn alleen te gebruiken via de dienst wiens gegevens zij beschermen.
`;

/** The page, in Markdown. */
export function accessPage(roles: readonly RoleRights[], accepted: readonly Acknowledged[]): string {
    const parts = [TITLE, "## Wie mag wat\n"];
    for (const { stack, name, assumedBy, statements } of roles) {
        parts.push(`### ${short(stack)}: ${name}\n\nDoor: ${[...new Set(assumedBy)].join(", ")}\n`);
        parts.push("| mag | waarop | mits |\n|---|---|---|");
        parts.push(`${statements.map(row).join("\n")}\n`);
    }
    parts.push(
        "## Aanvaarde bevindingen\n\nAwsSolutions en NIST 800-53 R5; er is geen bevinding die hier niet staat.\n",
    );
    for (const [reason, findings] of grouped(accepted)) {
        parts.push(`**${[...new Set(findings.map(({ rule }) => ruleName(rule)))].join(", ")}**: ${reason}\n`);
        parts.push(`${findings.map(({ path, rule }) => `- \`${short(path)}\`${onWhat(rule)}`).join("\n")}\n`);
    }
    return parts.join("\n");
}

const row = ({ actions, resources, conditions }: Statement): string =>
    `| ${actions.join("<br>")} | ${resources.map(readable).join("<br>")} | ${conditions ? readable(JSON.stringify(conditions)) : ""} |`;

const readable = (text: string): string =>
    text.replaceAll("arn:aws:", "").replaceAll("111122223333", "…").replaceAll("|", "\\|").replaceAll("*", "\\*");
const short = (path: string): string => path.replace(/^Regiospiegel-voorbeeld[-/]/, "");
const ruleName = (rule: string): string => rule.replace(/\[.*$/, "");
const onWhat = (rule: string): string => {
    const [, what] = /\[Resource::(.*)\]$/.exec(rule) ?? [];
    return what === undefined
        ? ""
        : `: ${readable(what.replaceAll("<AWS::Partition>", "aws").replaceAll("<AWS::AccountId>", "…"))}`;
};

function grouped(accepted: readonly Acknowledged[]): Map<string, Acknowledged[]> {
    const groups = new Map<string, Acknowledged[]>();
    for (const one of accepted) groups.set(one.reason, [...(groups.get(one.reason) ?? []), one]);
    return groups;
}

if (process.argv[1]?.endsWith("infra/access-page.ts")) {
    const folder = mkdtempSync(join(tmpdir(), "regiospiegel-sjablonen-"));
    const { roles, accepted } = synthesised(folder);
    writeFileSync(join(import.meta.dirname, "toegang.md"), accessPage(roles, accepted));
    rmSync(folder, { recursive: true, force: true });
}
