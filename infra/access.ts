import { createHash } from "node:crypto";
import { CustomResource, Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import { KeyGroup, type KeyValueStore, PublicKey } from "aws-cdk-lib/aws-cloudfront";
import { ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { CfnRotationSchedule, Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import { door } from "../dashboards/access/door.ts";
import { expiry, privateBucket, type Storage } from "./bucket.ts";
import { StoryFunction } from "./function.ts";
import { dataKey, type LakeStack } from "./lake.ts";
import type { Issuer } from "./login.ts";
import {
    deleteObjects,
    onEverything,
    onThese,
    readObjects,
    readSecret,
    renewSecret,
    useFacts,
    writeObjects,
} from "./permissions.ts";
import type { Rights } from "./role.ts";
import type { Settings } from "./settings.ts";
import { unownedKey } from "./unowned-key.ts";

/** Prefixes of the store, as pipelines/access/ spells them. */
const SESSIONS = "sessies/";
const ATTEMPTS = "pogingen/";
const TURNED_AWAY = "ingetrokken/";
const LOG = "logboek/";
/** Five years, leap days included (NEN 7513). */
const LOG_DAYS = 5 * 366;
/** Until every edge trusts a new key; CloudFront says minutes. */
const SETTLE_S = 600;

/** What stands at the door, in short: changes when any of it does. */
const DOOR = createHash("sha256")
    .update(JSON.stringify([...(await door()).files]))
    .digest("hex");

export interface AccessProps {
    settings: Settings;
    assets: string;
    data: LakeStack;
    issuer: Issuer;
    pages: Storage;
    /** What the edge must know at once. */
    facts: KeyValueStore;
}

/** Who may open which pages: the login function, what its cookies are signed with, and where sessions and the log are kept. */
export class Access extends Construct {
    /** Sessions, and the log of who got access to whose pages. */
    readonly store: Storage;
    /** Public keys of the cookies. */
    readonly keys: KeyGroup;
    readonly login: StoryFunction;
    readonly revoke: StoryFunction;
    readonly rotate: StoryFunction;
    readonly #secret: Secret;

    constructor(scope: Construct, id: string, props: AccessProps) {
        super(scope, id);
        const { settings, data, issuer, pages, facts } = props;
        const { stage, access } = settings;
        const key = dataKey(this, "Sleutel", "sessies, sleutels van cookies en het logboek van toegang");
        this.store = privateBucket(this, "Toegang", {
            stage,
            key,
            logs: data.logs,
            lifecycle: [
                expiry("sessies", SESSIONS, 2),
                expiry("pogingen", ATTEMPTS, 1),
                expiry("logboek", LOG, LOG_DAYS),
                { id: "oude-versies", prefix: TURNED_AWAY, noncurrentVersionExpiration: Duration.days(30) },
            ],
        });
        this.#secret = new Secret(this, "Geheim", {
            description: "Waarmee cookies en passen worden ondertekend. Vernieuwt zichzelf; niemand hoeft het te zien.",
            encryptionKey: key,
            removalPolicy: RemovalPolicy.RETAIN,
        });
        const first = new PublicKey(this, "EersteSleutel", {
            publicKeyName: `regiospiegel-${stage}-van-niemand`,
            encodedKey: unownedKey(),
            comment: "RSA-2048: een sleutel zonder eigenaar, tot de eerste vernieuwing",
        });
        this.keys = new KeyGroup(this, "Sleutels", { keyGroupName: `regiospiegel-${stage}`, items: [first] });
        const environment = { ACCESS_STORE: `s3://${this.store.name}`, EDGE_FACTS: facts.keyValueStoreArn };
        this.login = this.#function(props, "Inloggen", {
            handler: "login",
            description: "Zegt wie iemand is en opent diens pagina's voor korte tijd",
            memory: 1_024,
            timeout: Duration.seconds(20),
            environment: {
                ...environment,
                BASE_URL: `https://${settings.domain.name}`,
                OIDC_ISSUER: issuer.url,
                OIDC_CLIENT_ID: issuer.clientId,
                OIDC_CLAIM: issuer.groupsClaim,
                OIDC_SCOPE: issuer.scope,
                ACCESS_MINUTES: String(access.minutes),
                SITE_STORE: `s3://${pages.name}`,
                ACCESS_SECRET: this.#secret.secretArn,
            },
            may: [
                ...readObjects(this.store, SESSIONS, ATTEMPTS, TURNED_AWAY),
                ...writeObjects(this.store, SESSIONS, ATTEMPTS, LOG),
                ...deleteObjects(this.store, SESSIONS),
                ...this.#readAudiences(pages),
                ...readSecret(this.#secret, key),
                useFacts(facts, "PutKey", "DeleteKey", "ListKeys"),
            ],
        });
        this.revoke = this.#function(props, "Intrekken", {
            handler: "revoke",
            description: "Neemt iemands toegang meteen weg, of geeft haar terug",
            memory: 512,
            timeout: Duration.seconds(30),
            environment,
            may: [
                ...writeObjects(this.store, TURNED_AWAY, LOG),
                ...deleteObjects(this.store, TURNED_AWAY),
                useFacts(facts, "PutKey", "DeleteKey"),
            ],
        });
        this.rotate = this.#rotation(props, key);
        this.#door(props);
    }

    /** Which publication is live, and whose pages it holds. */
    #readAudiences(pages: Storage): Rights[] {
        return [
            ...readObjects(pages, "current.json"),
            onThese(
                ["s3:GetObject"],
                [`${pages.arn}/*/doelgroepen.json`],
                "Het nummer van een publicatie is een hash; van elke publicatie alleen de lijst van doelgroepen.",
            ),
        ];
    }

    #function(props: AccessProps, id: string, own: OwnShape): StoryFunction {
        const { assets, data, settings } = props;
        const common = { assets, asset: "stories", key: data.operations, logDays: settings.watch.logDays };
        return new StoryFunction(this, id, { ...common, ...own });
    }

    #rotation(props: AccessProps, key: Storage["key"]): StoryFunction {
        const { settings, issuer, facts } = props;
        const rotate = this.#function(props, "Vernieuwen", {
            handler: "rotate",
            description: "Vernieuwt waarmee cookies en passen worden ondertekend",
            memory: 512,
            timeout: Duration.minutes(15),
            environment: {
                REGIOSPIEGEL_SLEUTELNAAM: `regiospiegel-${settings.stage}-vernieuwd-`,
                REGIOSPIEGEL_SLEUTELGROEP: this.keys.keyGroupId,
                REGIOSPIEGEL_AANWIJZER: facts.keyValueStoreArn,
                REGIOSPIEGEL_WACHTTIJD: String(SETTLE_S),
                ...(issuer.pool
                    ? { REGIOSPIEGEL_GEBRUIKERS: issuer.pool.id, REGIOSPIEGEL_CLIENT: issuer.clientId }
                    : {}),
            },
            may: [
                ...renewSecret(this.#secret, key),
                useFacts(facts, "PutKey", "DeleteKey", "ListKeys"),
                onEverything(
                    [
                        "cloudfront:CreatePublicKey",
                        "cloudfront:GetPublicKey",
                        "cloudfront:ListPublicKeys",
                        "cloudfront:DeletePublicKey",
                        "cloudfront:GetKeyGroup",
                        "cloudfront:UpdateKeyGroup",
                    ],
                    "CloudFront kent voor publieke sleutels en sleutelgroepen geen rechten per hulpbron. Een sleutel die een groep gebruikt laat zich niet verwijderen.",
                ),
                ...(issuer.pool ? [onThese(["cognito-idp:DescribeUserPoolClient"], [issuer.pool.arn])] : []),
            ],
        });
        rotate.function.addPermission("Geheim", {
            principal: new ServicePrincipal("secretsmanager.amazonaws.com"),
            sourceAccount: Stack.of(this).account,
        });
        const schedule = new CfnRotationSchedule(this, "Vernieuwing", {
            secretId: this.#secret.secretArn,
            rotationLambdaArn: rotate.function.functionArn,
            rotationRules: { automaticallyAfterDays: settings.access.rotationDays },
            // Of another login service somebody must put the client's secret in first (infra/uitrollen.md).
            rotateImmediatelyOnUpdate: issuer.pool !== undefined,
        });
        schedule.node.addDependency(this.keys, rotate);
        return rotate;
    }

    /** What stands at the door goes with the code, so every deployment that changes it puts it there. */
    #door(props: AccessProps): void {
        const { pages } = props;
        const put = this.#function(props, "DeurZetten", {
            handler: "door",
            description: "Zet bij het uitrollen neer wat aan de deur staat",
            memory: 512,
            timeout: Duration.minutes(1),
            environment: { REGIOSPIEGEL_SITE: `s3://${pages.name}` },
            may: writeObjects(pages, "deur/"),
        });
        new CustomResource(this, "Deur", {
            serviceToken: put.function.functionArn,
            resourceType: "Custom::Deur",
            serviceTimeout: Duration.minutes(5),
            properties: { versie: DOOR },
        }).node.addDependency(put);
    }
}

type OwnShape = Pick<
    ConstructorParameters<typeof StoryFunction>[2],
    "handler" | "description" | "memory" | "timeout" | "environment" | "may"
>;
