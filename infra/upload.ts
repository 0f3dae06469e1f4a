import { Duration, RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import { CfnStage, HttpApi, HttpMethod } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpJwtAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import { ARRIVALS, LETTERS } from "../pipelines/handler/places.ts";
import { StoryFunction } from "./function.ts";
import type { LakeStack } from "./lake.ts";
import type { Issuer } from "./login.ts";
import { readObjects, writeObjects } from "./permissions.ts";
import type { Settings } from "./settings.ts";

export interface UploadProps extends StackProps {
    settings: Settings;
    assets: string;
    data: LakeStack;
    issuer: Issuer;
}

/** Where a practice asks for an address to deliver to: size, name and sender are fixed in what it gets. */
export class UploadStack extends Stack {
    readonly upload: StoryFunction;

    constructor(scope: Construct, id: string, props: UploadProps) {
        super(scope, id, { ...props, description: "Regiospiegel: praktijken leveren aan" });
        const { settings, assets, data, issuer } = props;
        this.upload = new StoryFunction(this, "Aanleveren", {
            assets,
            asset: "stories",
            handler: "upload",
            description: "Geeft een adres om één levering heen te sturen, of de brief erover",
            memory: 512,
            timeout: Duration.seconds(15),
            environment: {
                REGIOSPIEGEL_AANKOMST: data.incoming.name,
                REGIOSPIEGEL_GROOTSTE_LEVERING: String(settings.arrivals.megabytes * 1_000_000),
                REGIOSPIEGEL_GROEPEN: issuer.groupsClaim,
            },
            // What it signs is done in its name, so these are the rights of what it gives away.
            may: [...writeObjects(data.incoming, ARRIVALS), ...readObjects(data.incoming, LETTERS)],
            key: data.operations,
            logDays: settings.watch.logDays,
        });
        const api = new HttpApi(this, "Api", {
            apiName: `regiospiegel-${settings.stage}-aanleveren`,
            description: "Aanleveren, voor wie inlogde",
            createDefaultStage: false,
            defaultAuthorizer: new HttpJwtAuthorizer("Wie", issuer.url, {
                jwtAudience: [...new Set([issuer.clientId, issuer.senderClientId])],
            }),
        });
        const integration = new HttpLambdaIntegration("Aanleveren", this.upload.function);
        api.addRoutes({ path: "/leveringen", methods: [HttpMethod.POST], integration });
        api.addRoutes({ path: "/leveringen/{naam}/brief", methods: [HttpMethod.GET], integration });
        const log = new LogGroup(this, "Log", {
            encryptionKey: data.operations,
            retention: settings.watch.logDays,
            removalPolicy: RemovalPolicy.RETAIN,
        });
        new CfnStage(this, "Open", {
            apiId: api.apiId,
            stageName: "$default",
            autoDeploy: true,
            defaultRouteSettings: { throttlingBurstLimit: 20, throttlingRateLimit: 10, detailedMetricsEnabled: true },
            accessLogSettings: {
                destinationArn: log.logGroupArn,
                // Who asked what, when and with which answer (NEN 7513); never the token.
                format: JSON.stringify({
                    tijd: "$context.requestTime",
                    wie: "$context.authorizer.claims.sub",
                    vanaf: "$context.identity.sourceIp",
                    route: "$context.routeKey",
                    pad: "$context.path",
                    antwoord: "$context.status",
                    aanvraag: "$context.requestId",
                }),
            },
        });
    }
}
