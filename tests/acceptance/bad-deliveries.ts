import { archives, misnamed } from "./bad-archives.ts";
import { bytes, tooMany } from "./bad-contents.ts";
import type { BadDelivery } from "./bad-delivery.ts";
import { identifying } from "./bad-identifiers.ts";
import { manifests, shapes } from "./bad-shapes.ts";

/** Every refusal that the deliveries page names, with more than one way to earn most of them. */
export function badDeliveries(): BadDelivery[] {
    return [...misnamed(), ...archives(), ...shapes(), ...bytes(), ...manifests(), ...identifying(), ...tooMany()];
}
