/** Runs batch after batch until enough requests are compared. */
import { makeBatch } from "./batches.js";
import { compare, type Disagreement } from "./compare.js";
import { reportDisagreement } from "./report.js";
import { Rig } from "./rig/rig.js";
import { kindOf } from "./shrink.js";

export interface RunOptions {
  /** How many requests to compare; the last batch may make it a few more. */
  readonly requests: number;
  readonly seed: number;
  readonly log: (line: string) => void;
}

export interface Outcome {
  readonly compared: number;
  readonly disagreements: number;
}

/** As many as make loading a table worth its time. */
const BATCH_SIZE = 2_500;

/** After this many disagreements there is enough to look at. */
const ENOUGH = 200;

/** How many of them are shrunk, each of another kind. */
const SHRUNK = 6;

const PROGRESS_MS = 5_000;

/** Compares on a rig of its own. */
export async function runBatches({ requests, seed, log }: RunOptions): Promise<Outcome> {
  log(`seed ${seed}; starting istiod and Envoy`);
  const rig = await Rig.start({ log });
  let compared = 0;
  const found: Disagreement[] = [];
  const kinds = new Set<string>();
  const started = Date.now();
  let told = started;
  try {
    for (let number = 0; compared < requests && found.length < ENOUGH; number++) {
      const batch = makeBatch(seed, number, Math.min(BATCH_SIZE, requests - compared));
      const result = await compare(rig, batch.args, batch.requests);
      compared += result.compared;
      for (const each of result.disagreements) {
        found.push(each);
        const isShrunk = !kinds.has(kindOf(each)) && kinds.size < SHRUNK;
        kinds.add(kindOf(each));
        log(await reportDisagreement(rig, each, { seed, number, isShrunk }));
      }
      if (Date.now() - told < PROGRESS_MS) continue;
      told = Date.now();
      const seconds = (told - started) / 1000;
      log(
        `${compared} of ${requests} compared, ${Math.round(compared / seconds)} a second, ${found.length} disagreements`,
      );
    }
  } finally {
    await rig.stop();
  }
  return { compared, disagreements: found.length };
}
