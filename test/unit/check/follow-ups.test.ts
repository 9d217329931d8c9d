/** Findings that only follow from what parsing has reported. */
import assert from "node:assert/strict";
import { compileModelText } from "../../../sdk/nodejs/src/cli/source.js";
import { shopArgs, tableArgs } from "../../support/shop.js";

/** Returns the codes for a table with these fields. */
function codesOf(table: Record<string, unknown>): readonly string[] {
  const model = JSON.stringify(shopArgs({ routeTables: { shop: tableArgs(table) } }));
  return compileModelText("in.yaml", model).diagnostics.map(({ code }) => code);
}

const route = (action: object) => ({ http: [{ name: "all", ...action }] });
const destination = { virtualDestination: "reviews", port: 80 };

describe("check: follow-ups", () => {
  it("leaves a missing destination out where the route has two actions", () => {
    assert.deepEqual(codesOf(route({ forwardTo: {}, redirect: { pathRedirect: "/" } })), ["MW0106"]);
  });

  it("leaves a missing field out where its name is misspelled", () => {
    assert.deepEqual(codesOf(route({ forwardTo: { destination: [destination] } })), ["MW0101"]);
    assert.deepEqual(codesOf({ hosts: [], host: ["shop.example.com"] }), ["MW0101"]);
  });

  it("reports a missing field beside other mistakes", () => {
    assert.deepEqual(codesOf(route({ forwardTo: {} })), ["MW0209"]);
    assert.deepEqual(codesOf(route({ forwardTo: { timeout: "1s" } })), ["MW0209", "MW0101"]);
    assert.deepEqual(codesOf({ ...route({ forwardTo: {} }), label: {} }), ["MW0209", "MW0101"]);
  });
});
