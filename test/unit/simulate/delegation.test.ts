import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describeSimulations } from "../../../sdk/nodejs/src/simulate/describe.js";
import { compileText } from "../../support/golden-case.js";
import { ask, request } from "./ask.js";

const { plan } = compileText(readFileSync("test/golden/cases/delegation--labels-and-policies/in.yaml", "utf8"));
const about = (path: string) => ask(plan, path);

describe("simulated delegation", () => {
  it("reports a route by its name in its own table, and the path to it", () => {
    const { decision, trace } = about("/gold/own");
    assert.ok("route" in decision);
    assert.deepEqual(
      [decision.table, decision.route, decision.through, decision.matcher],
      ["team", "own", [{ table: "shop", route: "gold" }], 0],
    );
    assert.deepEqual(trace?.routes.at(-1)?.through, decision.through);
    const own = about("/else").decision;
    assert.ok("route" in own);
    assert.deepEqual([own.table, own.route, own.through], ["shop", "rest", undefined]);
  });

  it("applies the most specific policies: route, table, delegating route, its table, gateway", () => {
    const policiesAt = (path: string) => {
      const { decision } = about(path);
      return Object.values(("policies" in decision && decision.policies) || {}).map(({ name, level, by }) =>
        `${name} ${level} ${by ?? ""}`.trim(),
      );
    };
    assert.deepEqual(policiesAt("/gold/own"), ["of-the-team table", "of-the-route route"]);
    assert.deepEqual(policiesAt("/gold/x"), [
      "small delegatingTable shop",
      "of-the-team table",
      "of-the-delegating-route delegatingRoute shop/gold",
    ]);
    assert.deepEqual(policiesAt("/silver/x"), ["of-the-team table", "of-the-root delegatingTable shop"]);
    assert.deepEqual(policiesAt("/x"), ["of-the-root table"]);
  });

  it("is described with every table on the path", () => {
    const text = describeSimulations(request("/gold/x"), [about("/gold/x")]);
    assert.match(text, /✓ shop\/gold > team\/all/);
    assert.match(text, /RetryTimeoutPolicy of-the-delegating-route of the route shop\/gold: /);
    assert.match(text, /HTTPBufferPolicy small of the table shop: /);
  });
});
