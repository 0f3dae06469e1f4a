import loadHighs, { type Highs, type Model } from "highs";

/** A search of more branches is given up: every one that is open takes memory, of which the solver has two gigabytes. */
const MOST_NODES = 5_000;

/** A linear programme, row by row; whole numbers where asked. */
export class Programme {
    private readonly lower: number[] = [];
    private readonly upper: number[] = [];
    private readonly cost: number[] = [];
    private readonly whole: (0 | 1)[] = [];
    private readonly rowLower: number[] = [];
    private readonly rowUpper: number[] = [];
    private readonly starts: number[] = [0];
    private readonly indices: number[] = [];
    private readonly coefficients: number[] = [];
    /** Variables of which the bounds changed since the solver was told, and whether anything else did. */
    private readonly changed = new Set<number>();
    private isNew = true;
    /** A row without variables that does not hold. */
    private isContradiction = false;

    /** Adds a variable and returns its place. */
    variable({ lower = 0, upper = Number.POSITIVE_INFINITY, cost = 0, whole = false }: VariableOptions = {}): number {
        this.isNew = true;
        this.lower.push(lower);
        this.upper.push(upper);
        this.cost.push(cost);
        this.whole.push(whole ? 1 : 0);
        return this.lower.length - 1;
    }

    /** Adds lower <= sum of coefficient x variable <= upper; a variable named twice counts twice. */
    row(lower: number, upper: number, terms: readonly (readonly [number, number])[]): void {
        this.isNew = true;
        const merged = new Map<number, number>();
        for (const [variable, coefficient] of terms) merged.set(variable, (merged.get(variable) ?? 0) + coefficient);
        for (const [variable, coefficient] of merged) {
            if (coefficient === 0) continue;
            this.indices.push(variable);
            this.coefficients.push(coefficient);
        }
        if (this.starts.at(-1) === this.indices.length && (lower > 0 || upper < 0)) this.isContradiction = true;
        this.starts.push(this.indices.length);
        this.rowLower.push(lower);
        this.rowUpper.push(upper);
    }

    /** What to minimise from now on. */
    objective(terms: readonly (readonly [number, number])[]): void {
        this.isNew = true;
        this.cost.fill(0);
        for (const [variable, coefficient] of terms) this.cost[variable] = (this.cost[variable] ?? 0) + coefficient;
    }

    /** Narrows or widens a variable. */
    bound(variable: number, lower: number, upper: number): void {
        this.lower[variable] = lower;
        this.upper[variable] = upper;
        this.changed.add(variable);
    }

    /** Narrows a variable further than it is. */
    narrow(variable: number, lower: number, upper: number): void {
        this.bound(
            variable,
            Math.max(this.lower[variable] ?? lower, lower),
            Math.min(this.upper[variable] ?? upper, upper),
        );
    }

    /**
     * Minimises (or maximises), with whole numbers or without. How far to go is counted in nodes, so that the same question
     * always gets the same answer; the seconds are a fuse.
     */
    solve(solver: Solver, options: SolveOptions = {}): Solution {
        const { maximise = false, whole = true, seconds = 60, nodes = MOST_NODES, gap = 1e-4 } = options;
        if (this.isContradiction) return { outcome: "infeasible", objective: Number.NaN, values: null };
        if (this.lower.length === 0) return { outcome: "optimal", objective: 0, values: [] };
        const { highs, model } = solver;
        solver.work += this.rowLower.length;
        if (solver.holds?.programme === this && solver.holds.whole === whole && !this.isNew) {
            // Only bounds changed: the solver goes on from where it was.
            for (const variable of this.changed)
                model.changeColBounds(variable, this.lower[variable] ?? 0, this.upper[variable] ?? 0);
        } else this.pass(solver, whole, maximise);
        this.changed.clear();
        model.options.set({ mip_max_nodes: nodes, mip_rel_gap: gap });
        model.options.set("time_limit", model.getRunTime() + seconds);
        model.run();
        const status = model.getModelStatus();
        const { optimal, infeasible, unbounded, unboundedOrInfeasible } = highs.constants.modelStatus;
        const outcome =
            status === optimal
                ? "optimal"
                : status === infeasible
                  ? "infeasible"
                  : status === unbounded || status === unboundedOrInfeasible
                    ? "unbounded"
                    : "unknown";
        const isFound =
            outcome !== "infeasible" &&
            model.info.get("primal_solution_status") === highs.constants.solutionStatus.feasible;
        const values = isFound ? model.getSolution().colValue : null;
        return { outcome, objective: outcome === "optimal" ? model.getObjectiveValue() : Number.NaN, values };
    }

    /**
     * Looks for whole numbers by narrowing one variable at a time, each step from where the solver was: for small
     * programmes far sooner than a search that first prepares itself. Whole numbers, none there are, or unknown after
     * `most` steps.
     */
    findWhole(solver: Solver, most: number): Whole {
        let left = most;
        const search = (): Whole => {
            if (left === 0) return "unknown";
            left -= 1;
            const { outcome, values } = this.solve(solver, { whole: false });
            if (outcome === "infeasible") return "none";
            if (outcome !== "optimal" || values === null) return "unknown";
            const broken = this.whole.findIndex((whole, at) => whole === 1 && !isWhole(values[at] ?? 0));
            if (broken < 0) return values;
            const [lower, upper] = [this.lower[broken] ?? 0, this.upper[broken] ?? 0];
            const under = Math.floor(values[broken] ?? 0);
            let found: Whole = "none";
            for (const [from, to] of [
                [lower, under],
                [under + 1, upper],
            ] as const) {
                this.bound(broken, from, to);
                const answer = search();
                if (answer !== "none") found = answer;
                if (typeof found === "object") break;
            }
            this.bound(broken, lower, upper);
            return found;
        };
        return search();
    }

    /** Hands the whole programme to the solver. */
    private pass(solver: Solver, whole: boolean, maximise: boolean): void {
        const { minimize, maximize } = solver.highs.constants.objectiveSense;
        const [numRows, numCols] = [this.rowLower.length, this.lower.length];
        solver.model.passModel({
            numCols,
            numRows,
            sense: maximise ? maximize : minimize,
            colCost: this.cost,
            colLower: this.lower,
            colUpper: this.upper,
            rowLower: this.rowLower,
            rowUpper: this.rowUpper,
            matrix: {
                format: "csr",
                numRows,
                numCols,
                starts: this.starts,
                indices: this.indices,
                values: this.coefficients,
            },
            ...(whole ? { integrality: Int32Array.from(this.whole) } : {}),
        });
        this.isNew = false;
        solver.holds = { programme: this, whole };
    }
}

/** Whole numbers that fit, none there are, or not decided. */
type Whole = ArrayLike<number> | "none" | "unknown";

function isWhole(value: number): boolean {
    return Math.abs(value - Math.round(value)) <= 1e-6;
}

export interface VariableOptions {
    lower?: number;
    upper?: number;
    cost?: number;
    whole?: boolean;
}

export interface SolveOptions {
    maximise?: boolean;
    whole?: boolean;
    seconds?: number;
    /** Branches to try before the best that was found must do. */
    nodes?: number;
    /** How far from the best an answer may be, as a share. */
    gap?: number;
}

export interface Solution {
    outcome: "optimal" | "infeasible" | "unbounded" | "unknown";
    objective: number;
    values: ArrayLike<number> | null;
}

export interface Solver {
    highs: Highs;
    model: Model;
    /** Rows that were solved so far: how much was asked of it, on any machine. */
    work: number;
    /** What the model holds now. */
    holds?: { programme: Programme; whole: boolean };
}

let loaded: Promise<Solver> | null = null;

/** HiGHS as WebAssembly, loaded once for the life of the process. */
export function loadSolver(): Promise<Solver> {
    loaded ??= loadHighs().then((highs) => {
        const model = highs.createModel();
        model.options.set({ output_flag: false });
        return { highs, model, work: 0 };
    });
    return loaded;
}
