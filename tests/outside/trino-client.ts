import { setTimeout as pause } from "node:timers/promises";
import type { AthenaBackend, Written } from "../support/athena-stand-in.ts";

interface Page {
    nextUri?: string;
    columns?: { name: string; type: string }[];
    data?: unknown[][];
    error?: { errorName: string; message: string };
    stats?: { physicalInputBytes?: number };
}

/** Rows of a statement on a Trino at this address, with what it read. Throws Trino's error. */
export async function askTrino(
    address: string,
    sql: string,
): Promise<{ columns: string[]; rows: unknown[][]; scannedBytes: number }> {
    const headers = { "x-trino-user": "regiospiegel", "x-trino-catalog": "lake", "x-trino-time-zone": "UTC" };
    let page = await pageOf(`${address}/v1/statement`, { method: "POST", body: sql, headers });
    const rows: unknown[][] = [];
    let columns: string[] = [];
    for (;;) {
        if (page.error) throw new Error(`${page.error.errorName}: ${page.error.message}`);
        if (page.columns) columns = page.columns.map(({ name }) => name);
        rows.push(...(page.data ?? []));
        if (!page.nextUri) return { columns, rows, scannedBytes: page.stats?.physicalInputBytes ?? 0 };
        page = await pageOf(page.nextUri, { headers });
    }
}

/** Trino asks to come back when it is busy. */
async function pageOf(address: string, request: RequestInit): Promise<Page> {
    for (;;) {
        const response = await fetch(address, request);
        if (response.ok) return (await response.json()) as Page;
        if (response.status !== 503) throw new Error(`Trino answers ${response.status} at ${address}.`);
        await pause(100);
    }
}

/** Trino behind the stand-in for Athena: its own statements where Athena has others for the same. */
export function trinoBackend(address: string): AthenaBackend {
    let serial = 0;
    const create = async (table: string, select: string, folder: string): Promise<Written> =>
        askTrino(
            address,
            `create table ${table} with (format = 'PARQUET', external_location = '${folder.replace(/\/$/, "")}') as\n${select}`,
        );
    return {
        createTable: create,
        async write(select, folder) {
            serial += 1;
            const table = `regiospiegel_werk.unload_${process.pid}_${serial}`;
            const written = await create(table, select, folder);
            await askTrino(address, `drop table ${table}`);
            return written;
        },
        close: async () => {},
    };
}
