/** The simulator agrees with a simple reference, and with itself if nothing relevant changes. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { deferredOf } from "../../sdk/nodejs/src/model/deferred.js";
import type { Matcher } from "../../sdk/nodejs/src/model/match.js";
import { normalizePath } from "../../sdk/nodejs/src/model/normalize-path.js";
import type { Decision } from "../../sdk/nodejs/src/simulate/decision.js";
import { describeSimulations } from "../../sdk/nodejs/src/simulate/describe.js";
import { Simulator } from "../../sdk/nodejs/src/simulate/simulator.js";
import { configureRuns } from "../support/arbitraries/runs.js";
import { referenceAnswer } from "../support/reference-simulator.js";
import { answering, mapRoutes, plan, request } from "../support/simulate-arbitraries.js";

const requests = fc.array(request, { minLength: 10, maxLength: 30 });

function inShort(decision: Decision): string {
  if (decision.kind === "direct") return `${decision.table}/${decision.route}/${decision.matcher ?? ""}`;
  return "status" in decision ? String(decision.status) : decision.kind;
}

describe("property: simulate", function () {
  configureRuns(this);

  it("agrees with the reference", () => {
    fc.assert(
      fc.property(plan, requests, (of, asked) => {
        const simulator = new Simulator(of);
        for (const each of asked)
          assert.equal(inShort(simulator.simulate(each).decision), referenceAnswer(of, each), JSON.stringify(each));
      }),
    );
  });

  it("decides the same without a trace, and the trace ends with the route that took the request", () => {
    fc.assert(
      fc.property(plan, requests, (of, asked) => {
        const simulator = new Simulator(of);
        for (const each of asked) {
          const { decision, trace } = simulator.simulate(each);
          assert.deepEqual(simulator.simulate(each, { trace: false }).decision, decision);
          const taken = trace?.routes.filter(({ took }) => took) ?? [];
          if (decision.kind === "notFound") assert.deepEqual(taken, []);
          if (decision.kind !== "direct") continue;
          assert.deepEqual([taken.length, taken[0]], [1, trace?.routes.at(-1)]);
          assert.equal(taken[0]?.route, decision.route);
          assert.equal(taken[0]?.matchers.at(-1)?.matcher, decision.matcher);
        }
      }),
    );
  });

  it("ignores the case and the port of Host", () => {
    fc.assert(
      fc.property(plan, requests, (of, asked) => {
        const simulator = new Simulator(of);
        for (const each of asked) {
          const host = each.host ?? "";
          const { decision } = simulator.simulate(each);
          for (const other of [host.toUpperCase(), `${host}:8080`, `${host.toUpperCase()}:`])
            assert.deepEqual(simulator.simulate({ ...each, host: other }).decision, decision);
        }
      }),
    );
  });

  it("is not changed by a route that never matches", () => {
    const never: Matcher = {
      headers: [{ name: "x-never", match: { kind: "exact", value: "there" }, invert: false }],
      queryParameters: [],
    };
    fc.assert(
      fc.property(plan, requests, fc.nat(8), (of, asked, at) => {
        const more = mapRoutes(of, (routes) => routes.toSpliced(at, 0, answering("never", [never])));
        const [one, two] = [new Simulator(of), new Simulator(more)];
        for (const each of asked) {
          const { decision } = one.simulate(each);
          // a table whose routes are all for another port doesn't claim the host
          if (decision.kind === "notFound" || of.clusters[0]?.routeTables.some(({ routes }) => isForOnePort(routes)))
            continue;
          assert.deepEqual(two.simulate(each).decision, decision);
        }
      }),
    );
  });

  it("does not guess while a condition is unknown", () => {
    const unknown: Matcher = {
      uri: { kind: "prefix", value: deferredOf([1]), ignoreCase: false },
      headers: [],
      queryParameters: [],
    };
    fc.assert(
      fc.property(plan, request, (of, each) => {
        const first = mapRoutes(of, (routes) => [answering("unknown", [unknown]), ...routes]);
        const { decision } = new Simulator(first).simulate(each);
        assert.ok(["unanswered", "notFound", "rejected"].includes(decision.kind), decision.kind);
        const last = mapRoutes(of, (routes) => [...routes, answering("unknown", [unknown])]);
        const known = new Simulator(of).simulate(each).decision;
        // a route for every port would claim the host of a table whose routes are all for another port
        if (of.clusters[0]?.routeTables.some(({ routes }) => isForOnePort(routes))) return;
        if (known.kind === "direct") assert.deepEqual(new Simulator(last).simulate(each).decision, known);
      }),
    );
  });

  it("gives plain JSON and a text for every request", () => {
    fc.assert(
      fc.property(
        plan,
        fc.record({ scheme: fc.constantFrom("http", "https"), host: fc.string(), path: fc.string() }),
        (of, each) => {
          const simulation = new Simulator(of).simulate(each);
          assert.deepEqual(JSON.parse(JSON.stringify(simulation)), simulation);
          assert.ok(describeSimulations(each, [simulation]).length > 0);
        },
      ),
    );
  });

  it("normalizes paths idempotently, unless unescaping creates new escapes", () => {
    fc.assert(
      fc.property(request, ({ path }) => {
        const once = normalizePath(path);
        if (once === undefined || once.includes(";") || /%(?:[^0-9A-Fa-f]|.[^0-9A-Fa-f]|.?$|25)/.test(once)) return;
        assert.equal(normalizePath(once), once);
      }),
    );
  });
});

function isForOnePort(routes: readonly { readonly matchers: readonly Matcher[] }[]): boolean {
  return routes.every(({ matchers }) => matchers.every(({ port }) => port !== undefined));
}
