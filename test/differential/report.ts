/** What is printed about a disagreement. */
import type { Disagreement } from "./compare.js";
import type { Rig } from "./rig/rig.js";

export interface Place {
  readonly seed: number;
  readonly number: number;
  readonly shrink: boolean;
}

export async function reportDisagreement(_rig: Rig, found: Disagreement, { seed, number }: Place): Promise<string> {
  return [
    `disagreement, seed ${seed}, batch ${number}`,
    `  request   ${JSON.stringify(found.request)}`,
    `  simulator ${JSON.stringify(found.simulator)}`,
    `  Envoy     ${JSON.stringify(found.envoy)}`,
    ...found.differences.map((each) => `  ${each}`),
  ].join("\n");
}
