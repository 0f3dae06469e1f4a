import { Stack, Validations } from "aws-cdk-lib";
import type { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { IConstruct } from "constructs";

/** A finding of the security rules that is accepted, with where and why; `toegang.md` lists them all. */
export interface Acknowledged {
    path: string;
    rule: string;
    reason: string;
}

const LISTS = new WeakMap<IConstruct, Acknowledged[]>();

/** Accepts findings on one construct; the reason is for a security officer, in Dutch. */
export function acknowledge(construct: IConstruct, reasons: Readonly<Record<string, string>>): void {
    for (const [rule, reason] of Object.entries(reasons)) {
        Validations.of(construct).acknowledge({ id: rule, reason });
        const { root, path } = construct.node;
        LISTS.set(root, [...(LISTS.get(root) ?? []), { path, rule, reason }]);
    }
}

/** What was accepted in one app, in the order of the constructs. */
export const acknowledged = (root: IConstruct): readonly Acknowledged[] => LISTS.get(root) ?? [];

/** Accepts every resource with a star in these statements, for one reason. The rule knows a resource by its flat text. */
export function acknowledgeStars(policy: IConstruct, statements: readonly PolicyStatement[], reason: string): void {
    const stack = Stack.of(policy);
    const texts = statements.flatMap(({ resources }) => resources.map((resource) => flat(stack.resolve(resource))));
    for (const text of new Set(texts.filter((one) => one.includes("*"))))
        acknowledge(policy, { [`AwsSolutions-IAM5[Resource::${text}]`]: reason });
}

function flat(value: unknown): string {
    if (typeof value === "string") return value;
    const [[intrinsic, inside] = ["", ""]] = Object.entries(value as Record<string, unknown>);
    if (intrinsic === "Fn::Join") return ((inside as unknown[])[1] as unknown[]).map(flat).join("");
    if (intrinsic === "Fn::GetAtt") return `<${(inside as string[]).join(".")}>`;
    return `<${String(inside)}>`;
}
