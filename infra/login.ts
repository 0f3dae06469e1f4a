import { Duration, RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import {
    AccountRecovery,
    FeaturePlan,
    Mfa,
    OAuthScope,
    StandardThreatProtectionMode,
    UserPool,
    type UserPoolClient,
} from "aws-cdk-lib/aws-cognito";
import type { Construct } from "constructs";
import type { Settings } from "./settings.ts";

/** Who says who somebody is, and where groups stand in what it says. */
export interface Issuer {
    url: string;
    /** Who asks on behalf of the pages. */
    clientId: string;
    /** Who may ask on behalf of a practice that delivers, besides the pages. */
    senderClientId: string;
    groupsClaim: string;
    scope: string;
    /** Our own accounts; absent: of another. */
    pool?: { id: string; arn: string };
}

/** Groups that people are in; a practice's group is `praktijk/<agb>`, made when it is onboarded. */
export const GROUPS = {
    beheer: "Beheerders van Regiospiegel",
    bureau: "Leveren het register en leveringen van de regio aan",
    coalitie: "Regionale coalitie",
} as const;

export interface LoginProps extends StackProps {
    settings: Settings;
}

/** Accounts with a second factor, or the issuer that the organisation has already. */
export class LoginStack extends Stack {
    readonly issuer: Issuer;

    constructor(scope: Construct, id: string, props: LoginProps) {
        super(scope, id, { ...props, terminationProtection: true, description: "Regiospiegel: wie er binnen mag" });
        const { login } = props.settings;
        this.issuer =
            login.kind === "oidc"
                ? {
                      url: login.issuer,
                      clientId: login.clientId,
                      senderClientId: login.clientId,
                      groupsClaim: login.groupsClaim,
                      scope: login.scope,
                  }
                : this.#accounts(props);
    }

    #accounts({ settings }: LoginProps): Issuer {
        const pool = new UserPool(this, "Gebruikers", {
            userPoolName: `regiospiegel-${settings.stage}`,
            selfSignUpEnabled: false,
            signInAliases: { email: true },
            signInCaseSensitive: false,
            mfa: Mfa.REQUIRED,
            mfaSecondFactor: { otp: true, sms: false },
            accountRecovery: AccountRecovery.EMAIL_ONLY,
            passwordPolicy: {
                minLength: 14,
                requireDigits: true,
                requireLowercase: true,
                requireUppercase: true,
                requireSymbols: true,
                tempPasswordValidity: Duration.days(3),
            },
            featurePlan: FeaturePlan.PLUS,
            standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION,
            deletionProtection: true,
            removalPolicy: RemovalPolicy.RETAIN,
        });
        pool.addDomain("Adres", { cognitoDomain: { domainPrefix: `regiospiegel-${settings.stage}-${this.account}` } });
        for (const [name, description] of Object.entries(GROUPS))
            pool.addGroup(`Groep ${name}`, { groupName: name, description });
        const address = `https://${settings.domain.name}`;
        const client = (id: string, generateSecret: boolean, back: string, bye: string): UserPoolClient =>
            pool.addClient(id, {
                // On a practice's own computer a secret would be none: there the code is bound to who asked by PKCE alone.
                generateSecret,
                preventUserExistenceErrors: true,
                enableTokenRevocation: true,
                accessTokenValidity: Duration.minutes(30),
                idTokenValidity: Duration.minutes(30),
                refreshTokenValidity: Duration.hours(12),
                oAuth: {
                    flows: { authorizationCodeGrant: true },
                    scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE],
                    callbackUrls: [back],
                    logoutUrls: [bye],
                },
            });
        const pages = client("Pagina's", true, `${address}/toegang/terug`, `${address}/toegang/uitgelogd`);
        const sender = client("Aanleveren", false, "http://localhost:8400/terug", "http://localhost:8400/");
        return {
            url: `https://cognito-idp.${this.region}.amazonaws.com/${pool.userPoolId}`,
            clientId: pages.userPoolClientId,
            senderClientId: sender.userPoolClientId,
            groupsClaim: "cognito:groups",
            scope: "openid email profile",
            pool: { id: pool.userPoolId, arn: pool.userPoolArn },
        };
    }
}
