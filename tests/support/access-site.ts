import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** A small site with an audience of every kind; every file says whose it is. */
export const AUDIENCES = [
    { id: "beheer", kind: "beheer", title: "Beheer", path: "/beheer/" },
    { id: "coalitie", kind: "coalitie", title: "Regionale zorgcoalitie", path: "/coalitie/" },
    { id: "gemeente/nissewaard", kind: "gemeente", title: "Gemeente Nissewaard", path: "/gemeente/nissewaard/" },
    { id: "vakgroep/diabetes-cvrm", kind: "vakgroep", title: "Vakgroep diabetes", path: "/vakgroep/diabetes-cvrm/" },
    { id: "hagro/hagro-1", kind: "hagro", title: "Hagro 1", path: "/hagro/hagro-1/" },
    { id: "hagro/hagro-10", kind: "hagro", title: "Hagro 10", path: "/hagro/hagro-10/" },
    { id: "praktijk/01000001", kind: "praktijk", title: "Praktijk Een", path: "/p/01000001/" },
    { id: "praktijk/01000002", kind: "praktijk", title: "Praktijk Twee", path: "/p/01000002/" },
    { id: "praktijk/01000003", kind: "praktijk", title: "Praktijk Drie", path: "/p/01000003/" },
    { id: "adviseur/bureau-west", kind: "adviseur", title: "Adviseur bureau West", path: "/adviseur/bureau-west/" },
];

const FILES = ["index.html", "values.csv", "dm_hba1c/index.html"];

/** Whose a text is: a file of an audience holds this, and nothing else does. */
export const markOf = (path: string): string => `[inhoud van ${path}]`;

const titleOf = (owner: string | null): string =>
    AUDIENCES.find(({ path }) => path === owner)?.title ?? "Voor iedereen";

export interface SiteFile {
    /** What a visitor asks for. */
    target: string;
    /** Path of the audience; null: everybody's. */
    owner: string | null;
    text: string;
}

/** Everything of a publication that can be asked for. */
export function siteFiles(publication = "een"): SiteFile[] {
    const file = (target: string, owner: string | null): SiteFile => ({
        target,
        owner,
        text: `<!doctype html><html lang="nl"><title>${publication}</title><h1>${titleOf(owner)}</h1><p>${markOf(owner ?? "iedereen")} ${publication} ${target}</p><a href="/toegang/uitloggen">Uitloggen</a></html>`,
    });
    return [
        ...["/", "/definities/", "/definities/dm_hba1c/", "/assets/stijl.0123456789.css"].map((at) => file(at, null)),
        ...AUDIENCES.flatMap(({ path }) => FILES.map((name) => file(path + name.replace("index.html", ""), path))),
    ];
}

export const keyOf = (target: string, publication = "een"): string =>
    `${publication}${target}${target.endsWith("/") ? "index.html" : ""}`;

export const audiencesText = (demo: boolean): string => JSON.stringify({ demo, audiences: AUDIENCES });

/** Writes the site as `publish` leaves it: publications side by side, a pointer, and things that nobody may see. */
export async function writeSite(folder: string, { demo = true, publications = ["een", "twee"] } = {}): Promise<void> {
    const put = async (name: string, text: string): Promise<void> => {
        await mkdir(dirname(join(folder, name)), { recursive: true });
        await writeFile(join(folder, name), text);
    };
    for (const publication of publications) {
        for (const { target, text } of siteFiles(publication)) await put(keyOf(target, publication), text);
        await put(`${publication}/doelgroepen.json`, audiencesText(demo));
        await put(`${publication}/.publicatie.json`, '{"buiten de publicatie":true}');
    }
    await put("geheim.html", "buiten de publicatie");
    await pointAt(folder, publications[0] ?? "een");
}

export const pointAt = (folder: string, publication: string): Promise<void> =>
    writeFile(join(folder, "current.json"), JSON.stringify({ publication, path: publication }));
