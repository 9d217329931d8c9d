import * as pulumi from "@pulumi/pulumi";
import type { Path } from "../diagnostics/diagnostic.js";
import { deferredNumbers } from "../model/deferred.js";

/** Returns the places of secret values: the remaining placeholders, once all other leaves are filled in. */
export function secretPlaces(value: unknown, path: Path = []): readonly Path[] {
  if (deferredNumbers(value).length > 0) return [path];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    secretPlaces(item, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

/** Copies a descriptor's arguments with the values at these places marked as secret; ignores malformed places. */
export function restoreSecrets(args: unknown, places: unknown): unknown {
  if (!Array.isArray(places)) return args;
  return places.filter(Array.isArray).reduce((restored: unknown, place) => withSecret(restored, place), args);
}

function withSecret(value: unknown, [step, ...rest]: readonly unknown[]): unknown {
  if (step === undefined) return pulumi.secret(value);
  if (typeof value !== "object" || value === null || pulumi.Output.isInstance(value)) return value;
  if (Array.isArray(value)) return value.map((item, index) => (index === step ? withSecret(item, rest) : item));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, key === step ? withSecret(item, rest) : item]),
  );
}
