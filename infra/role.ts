import { ManagedPolicy, type PolicyStatement, type PrincipalBase, Role } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";
import { acknowledgeStars } from "./acknowledge.ts";

/** Statements, with the reason why any of their resources has a star. */
export interface Rights {
    statements: PolicyStatement[];
    why?: string;
}

/**
 * A role with exactly these rights, in a managed policy of its own. Hand `closed` to constructs of the library: what they
 * would add is broader than needed, and would stand inline.
 */
export class NarrowRole extends Construct {
    readonly role: Role;
    readonly policy: ManagedPolicy;

    constructor(scope: Construct, id: string, assumedBy: PrincipalBase, rights: readonly Rights[]) {
        super(scope, id);
        this.policy = new ManagedPolicy(this, "Rechten", {
            statements: rights.flatMap(({ statements }) => statements),
        });
        for (const { statements, why } of rights) if (why !== undefined) acknowledgeStars(this.policy, statements, why);
        this.role = new Role(this, "Rol", { assumedBy, managedPolicies: [this.policy] });
    }

    get closed() {
        return this.role.withoutPolicyUpdates();
    }
}
