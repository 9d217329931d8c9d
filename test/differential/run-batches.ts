/** Runs batches until enough requests are compared. */
import { makeBatch } from "./batches.js";
import { compare } from "./compare.js";
import { reportDisagreement } from "./report.js";
import type { Rig } from "./rig/rig.js";
import { kindOf } from "./shrink.js";

export interface RunOptions {
  readonly rig: Rig;
  /** Number of requests to compare. */
  readonly requests: number;
  readonly seed: number;
  readonly log: (line: string) => void;
}

export interface Outcome {
  readonly compared: number;
  readonly disagreements: number;
}

/**
 * Returns the number of requests per set of tables: loading tables takes a second, so long runs send more to each set.
 */
function batchSizeFor(requests: number): number {
  return requests < 200_000 ? 2_500 : 10_000;
}

/** Enough disagreements to stop. */
const ENOUGH = 200;

/** Number of disagreements to shrink, each of a different kind. */
const SHRUNK = 6;

const PROGRESS_MS = 5_000;

/** Compares the answers to requests generated from a seed. */
export async function runBatches({ rig, requests, seed, log }: RunOptions): Promise<Outcome> {
  const kinds = new Set<string>();
  const started = Date.now();
  let told = started;
  let compared = 0;
  let disagreements = 0;
  for (let number = 0; compared < requests && disagreements < ENOUGH; number++) {
    const batch = makeBatch(seed, number, Math.min(batchSizeFor(requests), requests - compared));
    const result = await compare(rig, batch.args, batch.requests);
    compared += result.compared;
    disagreements += result.disagreements.length;
    for (const each of result.disagreements) {
      const isShrunk = !kinds.has(kindOf(each)) && kinds.size < SHRUNK;
      kinds.add(kindOf(each));
      await reportDisagreement(rig, each, { seed, number, isShrunk, log });
    }
    if (Date.now() - told < PROGRESS_MS) continue;
    told = Date.now();
    const rate = Math.round((compared * 1000) / (told - started));
    log(`${compared} of ${requests} compared, ${rate} a second, ${disagreements} disagreements`);
  }
  return { compared, disagreements };
}
