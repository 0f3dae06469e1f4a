/** Public keys and one key group, over CloudFront's XML (API version 2020-05-31). */
export class CloudFrontStandIn {
    readonly keys = new Map<string, { name: string; pem: string }>();
    group = ["KVANNIEMAND"];
    #made = 0;

    answer(method: string, path: string, body: string): { status: number; xml: string } {
        const [, kind = "", id = ""] = /^\/2020-05-31\/(public-key|key-group)(?:\/([^/?]+))?/.exec(path) ?? [];
        if (kind === "key-group") {
            if (method === "PUT") this.group = all(body, "PublicKey");
            return { status: 200, xml: element("KeyGroup", element("Id", id) + this.#groupConfig()) };
        }
        if (method === "POST") {
            this.#made += 1;
            const fresh = `K${this.#made}`;
            this.keys.set(fresh, { name: one(body, "Name"), pem: one(body, "EncodedKey") });
            return { status: 201, xml: this.#key(fresh) };
        }
        if (method === "DELETE") {
            if (this.group.includes(id)) return { status: 409, xml: errorOf("PublicKeyInUse") };
            this.keys.delete(id);
            return { status: 204, xml: "" };
        }
        if (id !== "") return { status: 200, xml: this.#key(id) };
        const items = [...this.keys].map(([key, { name }]) =>
            element("PublicKeySummary", element("Id", key) + element("Name", name)),
        );
        const list = element("MaxItems", "100") + element("Quantity", String(items.length));
        return { status: 200, xml: element("PublicKeyList", list + element("Items", items.join(""))) };
    }

    #groupConfig(): string {
        const items = this.group.map((id) => element("PublicKey", id)).join("");
        return element("KeyGroupConfig", element("Name", "sleutels") + element("Items", items));
    }

    #key(id: string): string {
        const { name, pem } = this.keys.get(id) ?? { name: "", pem: "" };
        const config = element("CallerReference", id) + element("Name", name) + element("EncodedKey", pem);
        return element("PublicKey", element("Id", id) + element("PublicKeyConfig", config));
    }
}

const element = (name: string, content: string): string => `<${name}>${content}</${name}>`;
const errorOf = (code: string): string => element("ErrorResponse", element("Error", element("Code", code)));

const all = (xml: string, name: string): string[] =>
    [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, "g"))].map(([, text = ""]) => unescaped(text));
const one = (xml: string, name: string): string => all(xml, name)[0] ?? "";
const unescaped = (text: string): string =>
    text
        .replaceAll(/&#x0?A;/g, "\n")
        .replaceAll(/&#x0?D;/g, "\r")
        .replaceAll("&amp;", "&");
