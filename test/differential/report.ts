/** Reports a disagreement. */
import type { Disagreement } from "./compare.js";
import { regressionText } from "./regression.js";
import type { Rig } from "./rig/rig.js";
import { shrink } from "./shrink.js";

export interface Place {
  readonly seed: number;
  /** Number of the batch. */
  readonly number: number;
  /** Searches for a small case, which takes a minute. */
  readonly isShrunk: boolean;
  readonly log: (line: string) => void;
}

/** Reports the differences between two answers, and a small case to keep. */
export async function reportDisagreement(rig: Rig, found: Disagreement, place: Place): Promise<void> {
  const { seed, number, isShrunk, log } = place;
  log([`disagreement, seed ${seed}, batch ${number}`, ...describe(found)].join("\n"));
  if (!isShrunk) return;
  const small = await shrink(rig, found);
  const text = regressionText(small).trimEnd();
  log(["as a small case, for test/differential/regressions:", text, ...describe(small)].join("\n"));
}

function describe({ request, simulator, envoy, differences }: Disagreement): readonly string[] {
  return [
    ...(request === undefined ? [] : [`  request   ${JSON.stringify(request)}`]),
    ...(simulator === undefined ? [] : [`  simulator ${JSON.stringify(simulator)}`]),
    ...(envoy === undefined ? [] : [`  Envoy     ${JSON.stringify(envoy)}`]),
    ...differences.map((each) => `  ${each}`),
  ];
}
