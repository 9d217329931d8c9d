// Mocha's spec reporter, which also appends the counts and the failures to the file named by MESHWAY_COUNTS.
const { appendFileSync } = require("node:fs");
const { reporters } = require("mocha");

/** Most lines of an error that are repeated at the end of a run. */
const MOST_LINES = 40;

module.exports = class CountingReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once("end", () => {
      const { passes, failures: failed, pending } = this.stats;
      const failures = this.failures.map((test) => {
        const text = String(test.err?.stack ?? test.err).split("\n");
        return [test.fullTitle(), ...text.slice(0, MOST_LINES)].join("\n");
      });
      const file = process.env.MESHWAY_COUNTS;
      if (file) appendFileSync(file, `${JSON.stringify({ passed: passes, failed, skipped: pending, failures })}\n`);
    });
  }
};
