/** One secret of Secrets Manager: versions, and which of them carries which label. */
export class SecretStandIn {
    readonly #versions = new Map<string, string>();
    readonly #labels = new Map<string, string>();

    constructor(text: string) {
        this.#versions.set("eerste", text);
        this.#labels.set("AWSCURRENT", "eerste");
    }

    get current(): string {
        return this.#versions.get(this.#labels.get("AWSCURRENT") ?? "") ?? "";
    }

    /** Answers as the service does to what the name of the action says; throws the word of its error. */
    answer(action: string, asked: Record<string, unknown>): object {
        if (action === "GetSecretValue") {
            const wanted = asked.VersionId ?? this.#labels.get(String(asked.VersionStage ?? "AWSCURRENT"));
            const SecretString = this.#versions.get(String(wanted));
            if (SecretString === undefined) throw new Error("ResourceNotFoundException");
            return { SecretString };
        }
        if (action === "PutSecretValue") {
            const version = String(asked.ClientRequestToken);
            this.#versions.set(version, String(asked.SecretString));
            for (const label of asked.VersionStages as string[]) this.#labels.set(label, version);
            return { VersionId: version };
        }
        if (action === "DescribeSecret") {
            const labelsOf = (version: string) =>
                [...this.#labels].filter(([, holder]) => holder === version).map(([label]) => label);
            const versions = [...this.#versions.keys()];
            return { VersionIdsToStages: Object.fromEntries(versions.map((one) => [one, labelsOf(one)])) };
        }
        if (action === "UpdateSecretVersionStage") {
            const label = String(asked.VersionStage);
            if (this.#labels.get(label) !== asked.RemoveFromVersionId) throw new Error("InvalidParameterException");
            this.#labels.set(label, String(asked.MoveToVersionId));
            return {};
        }
        throw new Error(`The stand-in knows no ${action}.`);
    }
}
