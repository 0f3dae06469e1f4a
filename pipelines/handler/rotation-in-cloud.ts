// What a rotation needs of the world, in AWS.
import { setTimeout as pause } from "node:timers/promises";
import {
    CloudFrontClient,
    CreatePublicKeyCommand,
    DeletePublicKeyCommand,
    GetKeyGroupCommand,
    GetPublicKeyCommand,
    paginateListPublicKeys,
    UpdateKeyGroupCommand,
} from "@aws-sdk/client-cloudfront";
import {
    CognitoIdentityProviderClient,
    DescribeUserPoolClientCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import {
    DescribeSecretCommand,
    GetSecretValueCommand,
    PutSecretValueCommand,
    ResourceNotFoundException,
    SecretsManagerClient,
    UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { keyValueStoreFacts } from "../access/key-value-store.ts";
import type { RotationEffects } from "../access/rotation.ts";
import { setting } from "./setting.ts";

/** `token` is the version of the secret that this rotation makes. */
export function rotationInCloud(SecretId: string, token: string): RotationEffects {
    return {
        secret: secretOf(SecretId, token),
        publicKeys: publicKeysOf(setting("REGIOSPIEGEL_SLEUTELNAAM")),
        trusted: keyGroup(setting("REGIOSPIEGEL_SLEUTELGROEP")),
        clientSecret,
        facts: keyValueStoreFacts(setting("REGIOSPIEGEL_AANWIJZER")),
        settle: () => pause(Number(setting("REGIOSPIEGEL_WACHTTIJD")) * 1_000),
    };
}

function secretOf(SecretId: string, token: string): RotationEffects["secret"] {
    const client = new SecretsManagerClient();
    const version = async (which: { VersionId: string } | { VersionStage: string }): Promise<string> => {
        const { SecretString = "" } = await client.send(new GetSecretValueCommand({ SecretId, ...which }));
        return SecretString;
    };
    return {
        current: () => version({ VersionStage: "AWSCURRENT" }),
        pending: () =>
            version({ VersionId: token }).catch((error: unknown) => {
                if (error instanceof ResourceNotFoundException) return null;
                throw error;
            }),
        async keepPending(SecretString) {
            const made = { SecretString, ClientRequestToken: token, VersionStages: ["AWSPENDING"] };
            await client.send(new PutSecretValueCommand({ SecretId, ...made }));
        },
        async makeCurrent() {
            const { VersionIdsToStages = {} } = await client.send(new DescribeSecretCommand({ SecretId }));
            const [before] =
                Object.entries(VersionIdsToStages).find(([, stages]) => stages.includes("AWSCURRENT")) ?? [];
            const move = { VersionStage: "AWSCURRENT", MoveToVersionId: token, RemoveFromVersionId: before };
            await client.send(new UpdateSecretVersionStageCommand({ SecretId, ...move }));
        },
    };
}

/** Keys of ours carry a name that begins so; the deployment's first key does not. */
function publicKeysOf(prefix: string): RotationEffects["publicKeys"] {
    const client = new CloudFrontClient();
    return {
        async add(EncodedKey) {
            const moment = Date.now().toString(36);
            const config = { CallerReference: moment, Name: `${prefix}${moment}`, EncodedKey };
            const { PublicKey } = await client.send(new CreatePublicKeyCommand({ PublicKeyConfig: config }));
            return PublicKey?.Id ?? "";
        },
        async read(Id) {
            const { PublicKey } = await client.send(new GetPublicKeyCommand({ Id }));
            return PublicKey?.PublicKeyConfig?.EncodedKey ?? "";
        },
        async list() {
            const ids: string[] = [];
            for await (const page of paginateListPublicKeys({ client }, {}))
                for (const { Id, Name } of page.PublicKeyList?.Items ?? [])
                    if (Id && Name?.startsWith(prefix)) ids.push(Id);
            return ids;
        },
        async remove(Id) {
            const { ETag } = await client.send(new GetPublicKeyCommand({ Id }));
            await client.send(new DeletePublicKeyCommand({ Id, IfMatch: ETag }));
        },
    };
}

function keyGroup(Id: string): RotationEffects["trusted"] {
    const client = new CloudFrontClient();
    const read = () => client.send(new GetKeyGroupCommand({ Id }));
    return {
        read: async () => (await read()).KeyGroup?.KeyGroupConfig?.Items ?? [],
        async write(Items) {
            const { KeyGroup, ETag } = await read();
            const { Name } = KeyGroup?.KeyGroupConfig ?? {};
            await client.send(new UpdateKeyGroupCommand({ Id, IfMatch: ETag, KeyGroupConfig: { Name, Items } }));
        },
    };
}

/** Of our own accounts Cognito knows it; of another login service it stands in the secret and nowhere else. */
async function clientSecret(): Promise<string | null> {
    const { REGIOSPIEGEL_GEBRUIKERS: UserPoolId } = process.env;
    if (!UserPoolId) return null;
    const asked = { UserPoolId, ClientId: setting("REGIOSPIEGEL_CLIENT") };
    const { UserPoolClient } = await new CognitoIdentityProviderClient().send(new DescribeUserPoolClientCommand(asked));
    return UserPoolClient?.ClientSecret ?? null;
}
