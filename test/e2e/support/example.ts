/** The example program, and typical user edits to it. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

const FILE = path.resolve("examples/two-clusters/index.ts");

/** A text that must occur exactly once, and its replacement. */
export type Edit = readonly [find: string, replacement: string];

/** Returns the edited text of examples/two-clusters. */
export function example(...edits: readonly Edit[]): string {
  return edit(readFileSync(FILE, "utf8"), ...edits);
}

/** Returns an edited program. */
export function edit(program: string, ...edits: readonly Edit[]): string {
  return edits.reduce((text, [find, replacement]) => {
    assert.equal(text.split(find).length, 2, `expected once in the program: ${find}`);
    return text.replace(find, () => replacement);
  }, program);
}

/** Returns the program without the section that starts with a comment line, up to the next comment line or the end. */
export function without(program: string, comment: string): string {
  const start = program.indexOf(`// ${comment}`);
  assert.notEqual(start, -1, `no comment in the program: ${comment}`);
  const end = program.indexOf("\n// ", start + 1);
  return program.slice(0, start) + (end === -1 ? "" : program.slice(end + 1));
}

/** The example's objects in each cluster. */
export const OBJECTS = {
  east: [
    "DestinationRule shop/reviews--version-v1--version-v2",
    "Gateway gateways/web",
    "Gateway istio-system/prod--east-west",
    "ServiceEntry shop/reviews--local",
    "ServiceEntry shop/reviews--remote--version-v1--version-v2",
    "VirtualService gateways/shop--web",
  ],
  west: [
    "DestinationRule gateways/shop--frontend--shop--east--8080",
    "DestinationRule shop/reviews--version-v1--version-v2",
    "Gateway gateways/web",
    "Gateway istio-system/prod--east-west",
    "ServiceEntry gateways/shop--frontend--shop--east--8080--remote",
    "ServiceEntry shop/reviews--local",
    "ServiceEntry shop/reviews--remote--version-v1--version-v2",
    "VirtualService gateways/shop--web",
  ],
} as const;

/** The object that most tests inspect. */
export const TABLE = "VirtualService gateways/shop--web";

/** Returns a cluster's objects in the format of `Stack.applied`. */
export function inCluster(cluster: string, objects: readonly string[]): string[] {
  return objects.map((object) => `${object}@${cluster}`);
}

/** The weight change that the README suggests. */
export const OTHER_WEIGHTS: readonly Edit[] = [
  ["weight: 90", "weight: 80"],
  ["weight: 10", "weight: 20"],
];
