import { EXAMPLE_ACCOUNT } from "../../infra/judged.ts";

const REGION = `eu-central-1:${EXAMPLE_ACCOUNT}`;
const incoming = (key: string): string => `arn:aws:s3:::regiospiegel-voorbeeld-inkomend-${EXAMPLE_ACCOUNT}${key}`;
const lake = (key: string): string => `arn:aws:s3:::regiospiegel-voorbeeld-meer-${EXAMPLE_ACCOUNT}${key}`;
const pages = (key: string): string => `arn:aws:s3:::regiospiegel-voorbeeld-paginas-${EXAMPLE_ACCOUNT}${key}`;
const access = (key: string): string => `arn:aws:s3:::regiospiegel-voorbeeld-toegang-${EXAMPLE_ACCOUNT}${key}`;
const secret = `arn:aws:secretsmanager:${REGION}:secret:Pseudoniemen`;
const cookieSecret = `arn:aws:secretsmanager:${REGION}:secret:ToegangGeheim`;
const facts = `arn:aws:cloudfront::${EXAMPLE_ACCOUNT}:key-value-store/Aanwijzer`;
const glue = (what: string): string => `arn:aws:glue:${REGION}:${what}`;
const queue = (name: string): string => `arn:aws:sqs:${REGION}:${name}`;

/** What each function does, and what it must not be able to do. */
export const RIGHTS: Record<string, { may: [string, string][]; mayNot: [string, string][] }> = {
    Opnemen: {
        may: [
            ["s3:GetObjectVersion", incoming("/aankomst/01053293/x.zip")],
            ["s3:DeleteObjectVersion", incoming("/aankomst/01053293/x.zip")],
            ["s3:PutObjectRetention", incoming("/kopieen/abc/x.zip")],
            ["s3:PutObject", incoming("/brieven/01053293/x.html")],
            ["s3:PutObject", lake("/lake/patients/practice_id=1/delivery=a/part-0.parquet")],
            ["secretsmanager:GetSecretValue", secret],
            ["sqs:SendMessage", queue("NietOpgenomen")],
        ],
        mayNot: [
            ["s3:PutObject", incoming("/aankomst/01053293/x.zip")],
            ["s3:BypassGovernanceRetention", incoming("/aankomst/x.zip")],
            ["s3:DeleteObjectVersion", lake("/results/x.parquet")],
            ["s3:GetObject", pages("/x/index.html")],
            ["s3:DeleteBucket", lake("")],
        ],
    },
    Aanleveren: {
        may: [
            ["s3:PutObject", incoming("/aankomst/01053293/x.zip")],
            ["s3:GetObject", incoming("/brieven/01053293/x.html")],
        ],
        mayNot: [
            ["s3:GetObject", incoming("/aankomst/01053293/x.zip")],
            ["s3:GetObject", incoming("/kopieen/abc/x.zip")],
            ["s3:GetObject", lake("/current.json")],
            ["secretsmanager:GetSecretValue", secret],
        ],
    },
    Plannen: {
        may: [
            ["s3:GetObject", lake("/results/index.json")],
            ["s3:PutObject", lake("/taken/x.json")],
        ],
        mayNot: [
            ["s3:PutObject", lake("/results/x.parquet")],
            ["secretsmanager:GetSecretValue", secret],
        ],
    },
    Rekenen: {
        may: [
            ["s3:PutObject", lake("/results/practice_id=1/input=a.parquet")],
            ["s3:GetObject", lake("/lake/patients/x.parquet")],
        ],
        mayNot: [
            ["s3:PutObject", lake("/current.json")],
            ["s3:PutObject", lake("/marts/current.json")],
            ["s3:GetObject", incoming("/kopieen/abc/x.zip")],
            ["secretsmanager:GetSecretValue", secret],
        ],
    },
    Samenvatten: {
        may: [
            ["s3:PutObject", lake("/marts/current.json")],
            ["s3:PutObject", lake("/values/practice_id=1/input=a.parquet")],
            ["s3:PutObject", lake("/definitions/a.json")],
            ["athena:StartQueryExecution", `arn:aws:athena:${REGION}:workgroup/regiospiegel-voorbeeld`],
            ["glue:GetTable", glue("table/regiospiegel_voorbeeld/patients")],
            ["glue:CreateTable", glue("table/regiospiegel_voorbeeld_werk/r1")],
            ["s3:PutObject", lake("/manifests/patients/release=a/files.txt")],
            ["s3:PutObject", `arn:aws:s3:::regiospiegel-voorbeeld-vragen-${EXAMPLE_ACCOUNT}/werk/r1/x`],
            ["s3:PutObject", lake("/baselines.json")],
        ],
        mayNot: [
            ["s3:PutObject", lake("/current.json")],
            ["athena:StartQueryExecution", `arn:aws:athena:${REGION}:workgroup/primary`],
            ["glue:DeleteTable", glue("table/regiospiegel_voorbeeld/patients")],
            ["s3:PutObject", lake("/lake/patients/x.parquet")],
            ["s3:PutObject", pages("/x")],
            ["secretsmanager:GetSecretValue", secret],
        ],
    },
    Publiceren: {
        may: [
            ["s3:PutObject", pages("/abc/index.html")],
            ["s3:GetObject", lake("/marts/a/groups.parquet")],
            ["s3:PutObject", lake("/published.json")],
            ["s3:PutObject", lake("/publications/000001-a.getoond.gz")],
            ["s3:PutObject", lake("/changes/a/summary.json")],
            ["secretsmanager:GetSecretValue", secret],
        ],
        mayNot: [
            ["s3:DeleteObject", lake("/publications/000001-a.getoond.gz")],
            ["s3:PutObject", lake("/marts/current.json")],
            ["s3:PutObject", lake("/current.json")],
            ["s3:GetObject", incoming("/aankomst/1/x.zip")],
        ],
    },
    ToegangInloggen: {
        may: [
            ["s3:PutObject", access("/sessies/a.json")],
            ["s3:DeleteObject", access("/sessies/a.json")],
            ["s3:PutObject", access("/pogingen/a.json.gebruikt")],
            ["s3:PutObject", access("/logboek/2024/06/30/a.json")],
            ["s3:GetObject", access("/ingetrokken/a.json")],
            ["s3:GetObject", pages("/0123456789abcdef/doelgroepen.json")],
            ["secretsmanager:GetSecretValue", cookieSecret],
            ["cloudfront-keyvaluestore:PutKey", facts],
        ],
        mayNot: [
            ["s3:DeleteObject", access("/logboek/2024/06/30/a.json")],
            ["s3:DeleteObjectVersion", access("/logboek/2024/06/30/a.json")],
            ["s3:GetObject", access("/logboek/2024/06/30/a.json")],
            ["s3:DeleteObject", access("/ingetrokken/a.json")],
            ["s3:GetObject", pages("/0123456789abcdef/p/01053293/index.html")],
            ["s3:PutObject", pages("/current.json")],
            ["s3:GetObject", lake("/current.json")],
            ["secretsmanager:GetSecretValue", secret],
            ["secretsmanager:PutSecretValue", cookieSecret],
        ],
    },
    ToegangIntrekken: {
        may: [
            ["s3:PutObject", access("/ingetrokken/a.json")],
            ["s3:DeleteObject", access("/ingetrokken/a.json")],
            ["s3:PutObject", access("/logboek/2024/06/30/a.json")],
        ],
        mayNot: [
            ["s3:GetObject", access("/sessies/a.json")],
            ["s3:DeleteObject", access("/logboek/2024/06/30/a.json")],
            ["secretsmanager:GetSecretValue", cookieSecret],
        ],
    },
    ToegangVernieuwen: {
        may: [
            ["secretsmanager:PutSecretValue", cookieSecret],
            ["secretsmanager:UpdateSecretVersionStage", cookieSecret],
            ["cloudfront-keyvaluestore:DeleteKey", facts],
            ["cognito-idp:DescribeUserPoolClient", `arn:aws:cognito-idp:${REGION}:userpool/Gebruikers`],
        ],
        mayNot: [
            ["secretsmanager:GetSecretValue", secret],
            ["s3:GetObject", access("/sessies/a.json")],
            ["s3:GetObject", pages("/current.json")],
        ],
    },
    ToegangDeurZetten: {
        may: [["s3:PutObject", pages("/deur/geweigerd.html")]],
        mayNot: [
            ["s3:PutObject", pages("/current.json")],
            ["s3:PutObject", pages("/0123456789abcdef/index.html")],
        ],
    },
    Beheren: {
        may: [
            ["s3:DeleteObjectVersion", lake("/lake/patients/x.parquet")],
            ["s3:BypassGovernanceRetention", incoming("/kopieen/a/x.zip")],
        ],
        mayNot: [
            ["s3:GetObject", incoming("/aankomst/1/x.zip")],
            ["s3:PutObject", pages("/x")],
        ],
    },
    Kijken: {
        may: [["s3:GetObject", lake("/deliveries/a.json")]],
        mayNot: [
            ["s3:GetObject", lake("/lake/patients/x.parquet")],
            ["s3:PutObject", lake("/current.json")],
        ],
    },
    Beheerder: {
        may: [
            ["lambda:InvokeFunction", `arn:aws:lambda:${REGION}:function:BeherenFunctie`],
            ["lambda:InvokeFunction", `arn:aws:lambda:${REGION}:function:ToegangIntrekkenFunctie`],
            ["sqs:ReceiveMessage", queue("NietOpgenomen")],
        ],
        mayNot: [
            ["lambda:InvokeFunction", `arn:aws:lambda:${REGION}:function:ToegangVernieuwenFunctie`],
            ["s3:GetObject", lake("/lake/patients/x.parquet")],
            ["s3:GetObject", incoming("/kopieen/a/x.zip")],
            ["secretsmanager:GetSecretValue", secret],
            ["lambda:UpdateFunctionCode", `arn:aws:lambda:${REGION}:function:BeherenFunctie`],
        ],
    },
    SftpRol01053293: {
        may: [["s3:PutObject", incoming("/aankomst/01053293/x.zip")]],
        mayNot: [
            ["s3:PutObject", incoming("/aankomst/01900002/x.zip")],
            ["s3:GetObject", incoming("/kopieen/a/x.zip")],
        ],
    },
};
