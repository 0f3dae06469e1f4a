import jsonata from "jsonata";

/** What a state machine may call, by the name of its resource (`lambda:invoke`, `dynamodb:putItem`, `s3:getObject`). */
export type Services = Record<string, (args: Record<string, unknown>) => Promise<unknown>>;

interface State {
    Type: string;
    Resource?: string;
    Arguments?: unknown;
    Output?: unknown;
    Next?: string;
    End?: boolean;
    Default?: string;
    Choices?: { Condition: string; Next: string }[];
    Catch?: { ErrorEquals: string[]; Output?: unknown; Next: string }[];
    Retry?: { ErrorEquals: string[]; MaxAttempts?: number }[];
    Error?: string;
    Cause?: string;
    MaxConcurrency?: number;
    ItemReader?: { Resource: string; Arguments: unknown };
    ItemProcessor?: Machine;
}

export interface Machine {
    StartAt: string;
    States: Record<string, State>;
}

/** A failed task, with the name by which states catch it. */
export class TaskError extends Error {
    constructor(
        readonly error: string,
        cause: string,
    ) {
        super(cause);
    }
}

interface Run {
    services: Services;
    execution: string;
    /** Names of the states that were entered, in order. */
    visited: string[];
}

/**
 * Runs a state machine in Amazon's States Language with JSONata, as far as ours goes: Task, Choice, Map over items read
 * from S3, Fail, Retry (without waiting) and Catch. Anything else is an error, so that nothing is passed over in silence.
 */
export async function execute(machine: Machine, input: unknown, run: Run): Promise<unknown> {
    let name = machine.StartAt;
    let data = input;
    for (;;) {
        const state = machine.States[name];
        if (!state) throw new Error(`State ${name} does not exist.`);
        run.visited.push(name);
        const states = { input: data, context: { Execution: { Id: run.execution } } };
        try {
            const step = await withRetry(state, () => perform(state, data, states, run));
            if (step.end) return step.data;
            name = step.next;
            data = step.data;
        } catch (error) {
            if (state.Type === "Fail") throw error;
            const failed = error instanceof TaskError ? error : new TaskError("States.TaskFailed", String(error));
            const handler = state.Catch?.find((one) => matches(one.ErrorEquals, failed.error));
            if (!handler) throw failed;
            const errorOutput = { Error: failed.error, Cause: failed.message };
            data =
                handler.Output === undefined ? errorOutput : await filled(handler.Output, { ...states, errorOutput });
            name = handler.Next;
        }
    }
}

interface Step {
    end: boolean;
    next: string;
    data: unknown;
}

async function perform(state: State, data: unknown, states: object, run: Run): Promise<Step> {
    const step = async (result: unknown): Promise<Step> => ({
        end: state.End ?? false,
        next: state.Next ?? "",
        data: state.Output === undefined ? result : await filled(state.Output, { ...states, result }),
    });
    if (state.Type === "Task")
        return step(await call(state.Resource ?? "", await filled(state.Arguments, states), run));
    if (state.Type === "Choice") {
        for (const { Condition, Next } of state.Choices ?? [])
            if ((await filled(Condition, states)) === true) return { end: false, next: Next, data };
        return { end: false, next: state.Default ?? "", data };
    }
    if (state.Type === "Map" && state.ItemReader && state.ItemProcessor) {
        const { ItemReader, ItemProcessor } = state;
        const text = await call(ItemReader.Resource, await filled(ItemReader.Arguments, states), run);
        const items = JSON.parse(String(text)) as unknown[];
        const answers: unknown[] = [];
        const wide = state.MaxConcurrency ?? 1;
        for (let at = 0; at < items.length; at += wide)
            answers.push(
                ...(await Promise.all(items.slice(at, at + wide).map((item) => execute(ItemProcessor, item, run)))),
            );
        return step(answers);
    }
    if (state.Type === "Fail")
        throw new TaskError(String(await filled(state.Error, states)), String(await filled(state.Cause, states)));
    throw new Error(`The interpreter knows no ${state.Type}.`);
}

function call(resource: string, args: unknown, { services }: Run): Promise<unknown> {
    const service = services[resource.replace("arn:aws:states:::", "")];
    if (!service) throw new Error(`Nothing stands in for ${resource}.`);
    return service(args as Record<string, unknown>);
}

/** As often as each kind of error may be repeated, without the pauses between. */
async function withRetry(state: State, action: () => Promise<Step>): Promise<Step> {
    const left = new Map((state.Retry ?? []).map((retry) => [retry, retry.MaxAttempts ?? 3]));
    for (;;) {
        try {
            return await action();
        } catch (error) {
            const failed = error instanceof TaskError ? error.error : "States.TaskFailed";
            const retry = [...left.keys()].find((one) => matches(one.ErrorEquals, failed));
            if (state.Type === "Fail" || !retry || (left.get(retry) ?? 0) <= 0) throw error;
            left.set(retry, (left.get(retry) ?? 0) - 1);
        }
    }
}

const matches = (wanted: string[], error: string): boolean =>
    wanted.some(
        (name) =>
            name === error || name === "States.ALL" || (name === "States.TaskFailed" && error !== "States.Timeout"),
    );

/** Every text between `{%` and `%}` is an expression over `$states`. */
async function filled(template: unknown, states: object): Promise<unknown> {
    if (typeof template === "string") {
        const expression = /^\{%([\s\S]*)%\}$/.exec(template)?.[1];
        return expression === undefined ? template : jsonata(expression).evaluate({}, { states });
    }
    if (Array.isArray(template)) return Promise.all(template.map((one) => filled(one, states)));
    if (template !== null && typeof template === "object")
        return Object.fromEntries(
            await Promise.all(
                Object.entries(template).map(async ([name, value]) => [name, await filled(value, states)] as const),
            ),
        );
    return template;
}
