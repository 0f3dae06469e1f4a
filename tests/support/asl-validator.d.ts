declare module "asl-validator" {
    /** Judges a state machine by Amazon's States Language. */
    export default function validate(definition: object): {
        isValid: boolean;
        errorsText: (separator: string) => string;
    };
}
