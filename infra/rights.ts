// Reads from templates who may do what, in words that a person and a simulator of IAM both understand.
import type { CloudAssembly } from "aws-cdk-lib/cx-api";

type Json = Record<string, unknown>;

interface Resource {
    Type: string;
    Properties?: Json;
}

export interface Template {
    stack: string;
    resources: Record<string, Resource>;
    outputs: Record<string, { Value: unknown; Export?: { Name: unknown } }>;
}

export interface Statement {
    effect: string;
    actions: string[];
    resources: string[];
    conditions?: Json;
}

/** Somebody in AWS: who may be it, and what it may do. */
export interface RoleRights {
    name: string;
    stack: string;
    assumedBy: string[];
    statements: Statement[];
}

/** Templates of one environment, by stack. */
export function templatesOf(assembly: CloudAssembly): Template[] {
    return assembly.stacksRecursively.map(({ stackName, template }) => ({
        stack: stackName,
        resources: (template as { Resources: Record<string, Resource> }).Resources,
        outputs: ((template as { Outputs?: Template["outputs"] }).Outputs ?? {}) as Template["outputs"],
    }));
}

/** Every role with its rights, by name; names of resources stand where AWS would put an id of its own. */
export function rightsOf(templates: readonly Template[], account: string, region: string): RoleRights[] {
    const text = textOf(templates, account, region);
    return templates.flatMap((template) =>
        Object.entries(template.resources)
            .filter(([, { Type }]) => Type === "AWS::IAM::Role")
            .map(([id, { Properties: role = {} }]) => {
                const trust = (role.AssumeRolePolicyDocument as { Statement: { Principal: Json }[] }).Statement;
                const refs = ((role.ManagedPolicyArns as unknown[]) ?? []).map(
                    (one) => (one as { Ref?: string }).Ref ?? "",
                );
                const policies = refs.flatMap((ref) => template.resources[ref]?.Properties?.PolicyDocument ?? []);
                return {
                    name: id.replace(/Rol[0-9A-F]{8}$/, ""),
                    stack: template.stack,
                    assumedBy: trust.flatMap(({ Principal }) =>
                        Object.values(Principal).map((one) => text(one, template)),
                    ),
                    statements: policies.flatMap((policy) =>
                        (policy as { Statement: Json[] }).Statement.map((statement) => ({
                            effect: String(statement.Effect),
                            actions: listed(statement.Action).map(String),
                            resources: listed(statement.Resource).map((one) => text(one, template)),
                            ...(statement.Condition
                                ? { conditions: deep(statement.Condition, template, text) as Json }
                                : {}),
                        })),
                    ),
                };
            }),
    );
}

const listed = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

type Text = (value: unknown, template: Template) => string;

function deep(value: unknown, template: Template, text: Text): unknown {
    if (typeof value === "string") return value;
    if (Array.isArray(value)) return value.map((one) => deep(one, template, text));
    const entries = Object.entries(value as Json);
    if (entries.length === 1 && /^(Ref|Fn::)/.test(entries[0]?.[0] ?? "")) return text(value, template);
    return Object.fromEntries(entries.map(([name, one]) => [name, deep(one, template, text)]));
}

/** An ARN with the logical name of a resource where its id would be, per kind. */
const ARNS: Record<string, string> = {
    "AWS::KMS::Key": "kms:REGION:ACCOUNT:key/ID",
    "AWS::SQS::Queue": "sqs:REGION:ACCOUNT:ID",
    "AWS::SNS::Topic": "sns:REGION:ACCOUNT:ID",
    "AWS::Lambda::Function": "lambda:REGION:ACCOUNT:function:ID",
    "AWS::DynamoDB::GlobalTable": "dynamodb:REGION:ACCOUNT:table/ID",
    "AWS::SecretsManager::Secret": "secretsmanager:REGION:ACCOUNT:secret:ID",
    "AWS::Logs::LogGroup": "logs:REGION:ACCOUNT:log-group:ID:*",
    "AWS::StepFunctions::StateMachine": "states:REGION:ACCOUNT:stateMachine:ID",
    "AWS::CloudFront::KeyValueStore": "cloudfront::ACCOUNT:key-value-store/ID",
    "AWS::Cognito::UserPool": "cognito-idp:REGION:ACCOUNT:userpool/ID",
};

function textOf(templates: readonly Template[], account: string, region: string): Text {
    const exported = new Map<string, { value: unknown; template: Template }>();
    for (const template of templates)
        for (const { Value, Export } of Object.values(template.outputs))
            if (Export) exported.set(String(Export.Name), { value: Value, template });
    const pseudo: Record<string, string> = {
        "AWS::AccountId": account,
        "AWS::Region": region,
        "AWS::Partition": "aws",
        "AWS::URLSuffix": "amazonaws.com",
    };
    const text: Text = (value, template) => {
        if (typeof value !== "object" || value === null) return String(value);
        const [[intrinsic, inside] = ["", ""]] = Object.entries(value);
        if (intrinsic === "Ref") return pseudo[String(inside)] ?? arnOf(String(inside), template) ?? String(inside);
        if (intrinsic === "Fn::GetAtt") {
            const [id = "", attribute = ""] = inside as string[];
            return (/Arn$/.test(attribute) ? arnOf(id, template) : undefined) ?? `${id}.${attribute}`;
        }
        if (intrinsic === "Fn::Join") {
            const [between, parts] = inside as [string, unknown[]];
            return parts.map((part) => text(part, template)).join(between);
        }
        if (intrinsic === "Fn::ImportValue") {
            const found = exported.get(text(inside, template));
            if (found) return text(found.value, found.template);
        }
        throw new Error(`Sjabloon ${template.stack}: ${intrinsic} wordt hier niet gelezen; vul infra/rights.ts aan.`);
    };
    const arnOf = (id: string, { resources }: Template): string | undefined => {
        const resource = resources[id];
        const form = ARNS[resource?.Type ?? ""];
        const name = resource?.Properties?.StateMachineName ?? id.replace(/[0-9A-F]{8}$/, "");
        return (
            form && `arn:aws:${form.replace("REGION", region).replace("ACCOUNT", account).replace("ID", String(name))}`
        );
    };
    return text;
}
