import fc from "fast-check";

/** The seed in CI, fixed so that merging a change doesn't depend on luck. */
const CI_SEED = 20261124;

/** Returns the seed of this run: `FC_SEED`, or a fixed one in CI, or undefined for a random one. */
export function seedOfRun(): number | undefined {
  const wanted = process.env["FC_SEED"] ?? (process.env["CI"] ? CI_SEED : undefined);
  return wanted === undefined ? undefined : Number(wanted);
}

/**
 * Sets the number of runs per property: 100, or 250 if CI is set. `FC_SEED` repeats a run; `FC_RUNS` sets the number.
 */
export function configureRuns(suite: Mocha.Suite): void {
  suite.timeout(10 * 60_000);
  const seed = seedOfRun();
  fc.configureGlobal({
    numRuns: process.env["FC_RUNS"] ? Number(process.env["FC_RUNS"]) : process.env["CI"] ? 250 : 100,
    ...(seed !== undefined && { seed }),
  });
}

/** Returns a share of the configured runs, at least one, for properties with slow runs. */
export function shareOfRuns(share: number): { readonly numRuns: number } {
  return { numRuns: Math.ceil((fc.readConfigureGlobal().numRuns ?? 100) * share) };
}
