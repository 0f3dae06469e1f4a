/** A setting that infra gives to a function; throws one sentence when it did not. */
export function setting(name: string): string {
    const value = process.env[name];
    if (!value) throw new Error(`Instelling ${name} van deze functie ontbreekt; rol de omgeving opnieuw uit.`);
    return value;
}
