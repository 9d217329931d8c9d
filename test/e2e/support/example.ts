/** The example program, and edits of it as a user would make them. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

const FILE = path.resolve("examples/two-clusters/index.ts");

/** A text to look for, which must be there exactly once, and what to put in its place. */
export type Edit = readonly [find: string, replacement: string];

/** The text of examples/two-clusters, edited. */
export function example(...edits: readonly Edit[]): string {
  return edit(readFileSync(FILE, "utf8"), ...edits);
}

/** A program, edited. */
export function edit(program: string, ...edits: readonly Edit[]): string {
  return edits.reduce((text, [find, replacement]) => {
    assert.equal(text.split(find).length, 2, `expected once in the program: ${find}`);
    return text.replace(find, () => replacement);
  }, program);
}

/** The program without the part from one comment line to the next, or to its end. */
export function without(program: string, comment: string): string {
  const start = program.indexOf(`// ${comment}`);
  assert.notEqual(start, -1, `no comment in the program: ${comment}`);
  const end = program.indexOf("\n// ", start + 1);
  return program.slice(0, start) + (end === -1 ? "" : program.slice(end + 1));
}

/** What the example makes in each cluster. */
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

/** The object that most tests look at. */
export const TABLE = "VirtualService gateways/shop--web";

/** A list of objects of one cluster, as `Stack.applied` names them. */
export function inCluster(cluster: string, objects: readonly string[]): string[] {
  return objects.map((object) => `${object}@${cluster}`);
}

/** The weight edit that the README proposes. */
export const OTHER_WEIGHTS: readonly Edit[] = [
  ["weight: 90", "weight: 80"],
  ["weight: 10", "weight: 20"],
];
