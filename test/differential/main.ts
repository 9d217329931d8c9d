/** `npm run fuzz -- --requests N [--seed S]`: compares the simulator with a real Envoy; the last line is the result. */
import { parseArgs } from "node:util";
import { Rig } from "./rig/rig.js";
import { runBatches } from "./run-batches.js";

const { values } = parseArgs({
  options: { requests: { type: "string", default: "100000" }, seed: { type: "string" } },
});

async function main(): Promise<void> {
  const requests = Number(values.requests);
  const seed = values.seed === undefined ? Math.floor(Math.random() * 0x7fffffff) : Number(values.seed);
  if (!Number.isInteger(requests) || requests < 1 || !Number.isInteger(seed)) {
    console.error("usage: npm run fuzz -- [--requests N] [--seed S]");
    process.exitCode = 2;
    return;
  }
  console.log(`seed ${seed}; starting istiod and Envoy`);
  const rig = await Rig.start({ log: console.log });
  const { compared, disagreements } = await runBatches({ rig, requests, seed, log: console.log }).finally(() =>
    rig.stop(),
  );
  console.log(`compared ${compared} disagreements ${disagreements} seed ${seed}`);
  process.exitCode = disagreements > 0 ? 1 : 0;
}

void main();
