/** Tables and requests made from a seed: the same seed gives the same ones. */
import fc from "fast-check";
import type { Request } from "../../sdk/nodejs/src/simulate/request.js";
import type { ModelArgs } from "../support/arbitraries/model-args.js";
import { batchArgs } from "./arbitraries/batch.js";
import { requestsTo } from "./arbitraries/requests.js";

export interface Batch {
  readonly args: ModelArgs;
  readonly requests: readonly Request[];
}

/** The batch of this number. */
export function makeBatch(seed: number, number: number, size: number): Batch {
  const own = (seed + Math.imul(number, 0x9e3779b1)) | 0;
  const [args] = fc.sample(batchArgs, { seed: own, numRuns: 1 });
  if (args === undefined) throw new Error("no batch was made");
  return { args, requests: fc.sample(requestsTo(args), { seed: own, numRuns: size }) };
}
