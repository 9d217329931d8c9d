import fc from "fast-check";

/** Sets how often properties run: 100 times, 1000 with CI set; `FC_SEED` repeats a run. */
export function configureRuns(suite: Mocha.Suite): void {
  suite.timeout(10 * 60_000);
  const seed = process.env["FC_SEED"];
  fc.configureGlobal({
    numRuns: process.env["FC_RUNS"] ? Number(process.env["FC_RUNS"]) : process.env["CI"] ? 1000 : 100,
    ...(seed !== undefined && { seed: Number(seed) }),
  });
}
