/**
 * A real Envoy and istiod's webhook accept everything that our checks accept, and every text that only we refuse has a
 * reason.
 */
import assert from "node:assert/strict";
import { makeCertificate } from "./support/certificate.js";
import { explanationOf } from "./support/explained.js";
import { PLACES } from "./support/places.js";
import { type Judges, judgeAll, type Outcome } from "./support/run.js";
import { sharedObjects, tablesOf } from "./support/tables.js";
import { Translator } from "./support/translator.js";

/** The first run on a machine builds the lab. */
const BUILD_TIMEOUT = 20 * 60_000;

/** Number of tables, fixed in CI; `REFUSALS_TABLES` and `FC_SEED` override it and the seed. */
const TABLES = Number(process.env["REFUSALS_TABLES"] ?? 20_000);
const SEED = Number(process.env["FC_SEED"] ?? 1);

/** With this many tables, every place has accepted texts. */
const ENOUGH = 20_000;

/** Most mistakes that are shown. */
const MOST_SHOWN = 20;

describe("texts that reach Envoy", function () {
  this.timeout(BUILD_TIMEOUT);
  let judges: Judges;

  before(async () => {
    const { ensureDataPlaneParts, ensureIstioctl } = await import("../lab/parts/ensure.js");
    const { envoy } = await ensureDataPlaneParts();
    const translator = await Translator.start(sharedObjects());
    judges = { envoy, istioctl: await ensureIstioctl(), translator, certificate: await makeCertificate() };
  });

  after(() => judges?.translator.stop());

  it(`of ${TABLES} tables made from seed ${SEED}: Envoy and istiod accept every text that we accept`, async () => {
    const started = Date.now();
    const tables = tablesOf(TABLES, SEED);
    const outcomes = await judgeAll(judges, tables);
    const total = (count: (outcome: Outcome) => number): number => outcomes.reduce((sum, each) => sum + count(each), 0);
    const wrong = outcomes.flatMap(({ acceptedByUsOnly }) => acceptedByUsOnly);
    const strict = outcomes.flatMap(({ refusedByUsOnly }) => refusedByUsOnly);
    console.log(
      [
        `${tables.length} tables with ${tables.flat().length} texts from seed ${SEED}, ` +
          `${Math.round((Date.now() - started) / 1000)} s`,
        `accepted by us: ${total(({ accepted }) => accepted)}, of these refused by Envoy or istiod: ${wrong.length}`,
        `refused by us: ${total(({ refused }) => refused)}, of these asked: ${total(({ asked }) => asked)}, ` +
          `accepted by both: ${strict.length}`,
      ].join("\n"),
    );
    const unexplained = strict.filter(({ code, place }) => explanationOf(code, place) === undefined);
    const counts = new Map<string, number>();
    for (const { code, place } of strict) {
      const line = `${code}: ${explanationOf(code, place)?.reason ?? "?"}`;
      counts.set(line, (counts.get(line) ?? 0) + 1);
    }
    for (const [line, count] of [...counts].sort()) console.log(`  ${String(count).padStart(5)} ${line}`);
    // smaller runs don't reach every place
    const places = TABLES >= ENOUGH ? PLACES : [];
    const seen = new Set(outcomes.flatMap(({ places }) => [...places]));
    assert.deepEqual(
      places.filter(({ name }) => !seen.has(name)).map(({ name }) => name),
      [],
      "no text is accepted there",
    );
    assert.deepEqual(wrong.slice(0, MOST_SHOWN), []);
    assert.deepEqual(unexplained.slice(0, MOST_SHOWN), []);
  });
});
