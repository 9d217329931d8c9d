/** What is printed about a disagreement. */
import type { Disagreement } from "./compare.js";
import { regressionText } from "./regression.js";
import type { Rig } from "./rig/rig.js";
import { shrink } from "./shrink.js";

export interface Place {
  readonly seed: number;
  /** Number of the batch. */
  readonly number: number;
  /** Whether to look for a small case, which takes a minute. */
  readonly isShrunk: boolean;
}

/** Tells where two answers differ, and gives a small case to keep. */
export async function reportDisagreement(rig: Rig, found: Disagreement, place: Place): Promise<string> {
  const lines = [`disagreement, seed ${place.seed}, batch ${place.number}`, ...describe(found)];
  if (!place.isShrunk) return lines.join("\n");
  const small = await shrink(rig, found);
  return [
    ...lines,
    "as a small case, for test/differential/regressions:",
    regressionText(small).trimEnd(),
    ...describe(small),
  ].join("\n");
}

function describe({ request, simulator, envoy, differences }: Disagreement): readonly string[] {
  return [
    ...(request === undefined ? [] : [`  request   ${JSON.stringify(request)}`]),
    ...(simulator === undefined ? [] : [`  simulator ${JSON.stringify(simulator)}`]),
    ...(envoy === undefined ? [] : [`  Envoy     ${JSON.stringify(envoy)}`]),
    ...differences.map((each) => `  ${each}`),
  ];
}
