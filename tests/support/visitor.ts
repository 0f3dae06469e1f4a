import { type IncomingHttpHeaders, request } from "node:http";
import { parseSetCookie } from "cookie";

/** A browser without a screen: sends the path exactly as given, keeps cookies by their path, follows redirects when asked. */

export interface Answer {
    status: number;
    headers: IncomingHttpHeaders;
    text: string;
    /** Where it came from, after redirects. */
    url: string;
}

interface Cookie {
    name: string;
    value: string;
    path: string;
    host: string;
}

export class Visitor {
    readonly jar: Cookie[] = [];

    constructor(readonly baseUrl: string) {}

    /** The `Cookie` header that a browser would send. */
    cookiesFor(url: URL): string {
        return this.jar
            .filter(
                ({ path, host }) => host === url.hostname && `${url.pathname}/`.startsWith(path.replace(/\/?$/, "/")),
            )
            .map(({ name, value }) => `${name}=${value}`)
            .join("; ");
    }

    async ask(
        target: string,
        options: { method?: string; headers?: Record<string, string>; cookies?: string } = {},
    ): Promise<Answer> {
        const base = new URL(target.startsWith("http") ? target : this.baseUrl);
        const path = target.startsWith("http") ? `${base.pathname}${base.search}` : target;
        const url = new URL(base.origin);
        // Only for choosing cookies: a browser would have tidied the path first.
        const tidy = URL.canParse(path, base.origin) ? new URL(path, base.origin) : url;
        const cookies = options.cookies ?? this.cookiesFor(tidy);
        const headers = { ...(cookies ? { cookie: cookies } : {}), ...options.headers };
        const answer = await new Promise<Answer>((resolve, reject) => {
            const sent = request(
                {
                    host: "127.0.0.1",
                    port: url.port,
                    path,
                    method: options.method ?? "GET",
                    headers: { host: url.host, ...headers },
                },
                (response) => {
                    const chunks: Buffer[] = [];
                    response.on("data", (chunk: Buffer) => chunks.push(chunk));
                    response.on("end", () =>
                        resolve({
                            status: response.statusCode ?? 0,
                            headers: response.headers,
                            text: Buffer.concat(chunks).toString("latin1"),
                            url: `${base.origin}${path}`,
                        }),
                    );
                },
            );
            sent.on("error", reject);
            sent.end();
        });
        this.#keep(answer.headers["set-cookie"] ?? [], tidy);
        return answer;
    }

    /** Asks, and follows every redirect. */
    async visit(target: string, headers: Record<string, string> = {}): Promise<Answer> {
        let answer = await this.ask(target, { headers });
        for (let hop = 0; hop < 12 && answer.headers.location; hop += 1)
            answer = await this.ask(new URL(answer.headers.location, answer.url).href, { headers });
        return answer;
    }

    /** Logs in to the demo as one of its accounts, on the way to a page. */
    async signIn(account: string, page?: string): Promise<Answer> {
        const choice = await this.visit(page ? `/toegang/openen?naar=${page}` : "/toegang/");
        const link = new RegExp(`href="([^"]*/kiezen/[^"]*/${account})"`).exec(choice.text)?.[1];
        if (!link) throw new Error(`Account ${account} staat niet op de inlogpagina (${choice.status} ${choice.url}).`);
        return this.visit(new URL(link, choice.url).href);
    }

    #keep(lines: string[], at: URL): void {
        for (const line of lines) {
            const { name, value = "", path = "/", maxAge, expires } = parseSetCookie(line, { decode: String });
            const old = this.jar.findIndex((one) => one.name === name && one.path === path && one.host === at.hostname);
            if (old >= 0) this.jar.splice(old, 1);
            const gone = maxAge === 0 || (expires !== undefined && expires.getTime() <= Date.now());
            if (!gone) this.jar.push({ name, value, path, host: at.hostname });
        }
    }
}
