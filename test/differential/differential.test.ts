/** The simulator predicts a real Envoy's behavior, in past failures and in many thousand new cases. */
import assert from "node:assert/strict";
import { answersTo } from "./compare.js";
import { expectedAnswer, readRegressions } from "./regression.js";
import { differences } from "./rig/judge.js";
import { Rig } from "./rig/rig.js";
import { runBatches } from "./run-batches.js";

/** The first run on a machine builds the lab. */
const BUILD_TIMEOUT = 20 * 60_000;

/** Number of requests in CI, with a fixed seed; `npm run fuzz` chooses new ones. */
const REQUESTS = 20_000;
const SEED = 1;

describe("the simulator and Envoy", function () {
  this.timeout(BUILD_TIMEOUT);
  let rig: Rig;

  before(async function () {
    // on other platforms, 127.0.1.1 and the like are not addresses of the machine
    if (process.platform !== "linux") this.skip();
    rig = await Rig.start();
  });

  after(() => rig?.stop());

  for (const [name, { args, request, envoy }] of readRegressions()) {
    it(`agree on ${name}`, async () => {
      const { simulator, problem } = await rig.load(args);
      assert.equal(problem, undefined);
      const [answer = { status: 0 }] = await answersTo(rig, simulator, [request]);
      assert.deepEqual(expectedAnswer(answer), envoy, "Envoy answers as it did");
      const { decision } = simulator.simulate(request);
      assert.deepEqual(differences(request, decision, answer), []);
    });
  }

  it(`agree on ${REQUESTS} requests made from seed ${SEED}`, async () => {
    const told: string[] = [];
    const outcome = await runBatches({ rig, requests: REQUESTS, seed: SEED, log: (line) => told.push(line) });
    assert.equal(outcome.disagreements, 0, told.join("\n"));
    assert.ok(outcome.compared >= REQUESTS, `only ${outcome.compared} were compared`);
  });
});
