import { forget } from "../lake/forget.ts";
import { openLake } from "../lake.ts";

interface ForgetFlags {
    lake: string;
    practice: string;
    patient?: string;
    json?: boolean;
}

/** `regiospiegel forget`. `--patient -` reads the pseudonym from standard input, so that it stays out of the shell's history. */
export async function forgetInLake(flags: ForgetFlags): Promise<number> {
    const { practice } = flags;
    const patient = flags.patient === "-" ? await standardInput() : flags.patient;
    const effects = { now: () => new Date().toISOString() };
    const receipt = await forget(openLake(flags.lake), { practice, patient }, effects);
    const whom = receipt.what === "patient" ? `De patiënt van praktijk ${practice}` : `Praktijk ${practice}`;
    const after =
        receipt.what === "patient"
            ? "Ook latere leveringen brengen deze patiënt niet terug."
            : "De praktijk komt alleen terug als een nieuw register haar weer noemt.";
    process.stdout.write(
        flags.json
            ? `${JSON.stringify(receipt, null, 1)}\n`
            : `${whom} is vergeten: ${receipt.rows} rijen uit ${receipt.files} bestanden, ${receipt.releases.length} uitgaven hernoemd. ${after} Draai regiospiegel refresh en publish, en verwijder oude publicaties.\n`,
    );
    return 0;
}

async function standardInput(): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString("utf8").trim();
}
