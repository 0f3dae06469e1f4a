/** Invented identifiers that pass for real ones, to see that they are refused and never repeated. */

function passesElevenTest(digits: string): boolean {
    const weights = [9, 8, 7, 6, 5, 4, 3, 2, -1];
    return weights.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0) % 11 === 0;
}

/** Nine-digit numbers from `first` on that pass the 11-proef. */
export function socialNumbers(count: number, first: number): string[] {
    const found: string[] = [];
    for (let number = first; found.length < count; number += 7) {
        const digits = String(number).padStart(9, "0");
        if (passesElevenTest(digits)) {
            found.push(digits);
        }
    }
    return found;
}

export const EMAIL = "zqxmerk@voorbeeld.nl";
export const TELEPHONE = "06-12345678";
