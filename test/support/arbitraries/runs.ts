import fc from "fast-check";

/** What CI always tries, so that whether a change lands is no luck. */
const CI_SEED = 20261124;

/** The seed of this run: that of `FC_SEED`, in CI always the same, else another one each time. */
export function seedOfRun(): number | undefined {
  const wanted = process.env["FC_SEED"] ?? (process.env["CI"] ? CI_SEED : undefined);
  return wanted === undefined ? undefined : Number(wanted);
}

/** Sets how often properties run: 100 times, 1000 with CI set; `FC_SEED` repeats a run, `FC_RUNS` makes it longer. */
export function configureRuns(suite: Mocha.Suite): void {
  suite.timeout(10 * 60_000);
  const seed = seedOfRun();
  fc.configureGlobal({
    numRuns: process.env["FC_RUNS"] ? Number(process.env["FC_RUNS"]) : process.env["CI"] ? 1000 : 100,
    ...(seed !== undefined && { seed }),
  });
}

/** A share of the runs that are set, for properties whose runs take long; at least one. */
export function shareOfRuns(share: number): { readonly numRuns: number } {
  return { numRuns: Math.ceil((fc.readConfigureGlobal().numRuns ?? 100) * share) };
}
