import { runSimulation } from "@cloud-copilot/iam-simulate";
import type { RoleRights } from "../../infra/rights.ts";

/** Whether a role may do this, by a simulator of IAM that others wrote; throws when the question itself is impossible. */
export async function mayDo(role: RoleRights, account: string, action: string, resource: string): Promise<boolean> {
    const policy = {
        Version: "2012-10-17",
        Statement: role.statements.map(({ effect, actions, resources, conditions }) => ({
            Effect: effect,
            Action: actions,
            Resource: resources,
            ...(conditions ? { Condition: conditions } : {}),
        })),
    };
    const answer = await runSimulation(
        {
            request: {
                principal: `arn:aws:iam::${account}:role/${role.name}`,
                action,
                resource: { resource, accountId: account },
                contextVariables: {},
            },
            identityPolicies: [{ name: role.name, policy }],
            serviceControlPolicies: [],
            resourceControlPolicies: [],
        },
        {},
    );
    if (answer.resultType === "error") throw new Error(`${action} on ${resource}: ${JSON.stringify(answer.errors)}`);
    return answer.overallResult === "Allowed";
}
