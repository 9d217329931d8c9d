import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { checkModel } from "../../../sdk/nodejs/src/check/check.js";
import { readModelFile } from "../../../sdk/nodejs/src/cli/model-file.js";
import { catalog } from "../../../sdk/nodejs/src/diagnostics/catalog.js";
import { sortDiagnostics } from "../../../sdk/nodejs/src/diagnostics/report.js";
import { KINDS } from "../../../sdk/nodejs/src/kinds/kinds.js";
import { shopArgs, tableArgs } from "../../support/shop.js";
import { type Found, findingsOf, later } from "./findings.js";

const answers = { directResponse: { status: 200 } };

/** Returns findings about the example, whose table delegates by this route, and tables with these routes. */
function check(route: object, tables: Readonly<Record<string, readonly object[]>>): Found[] {
  const delegated = Object.entries(tables).map(([name, routes]) => [
    name,
    { fleet: "prod", http: routes.map((each, index) => ({ name: `r${index}`, ...answers, ...each })) },
  ]);
  const delegate = { routeTables: Object.keys(tables) };
  const shop = tableArgs({ http: [{ name: "all", delegate, ...route }] });
  return findingsOf(shopArgs({ routeTables: { shop, ...Object.fromEntries(delegated) } }));
}

describe("check: delegation", () => {
  it("accepts valid routes", () => {
    assert.deepEqual(check({}, { team: [{}] }), []);
    assert.deepEqual(check({ matchers: [{ method: "GET" }] }, { team: [{ matchers: [{ method: "GET" }] }] }), []);
  });

  it("drops contradicting matchers, as long as some remain (MW0241, MW0248)", () => {
    const matchers = [{ method: "GET" }, { method: "PUT" }];
    assert.deepEqual(check({ matchers }, { team: [{ matchers }] }), []);
    const codes = (found: readonly Found[]) => found.map(([code, at]) => [code, at]);
    assert.deepEqual(codes(check({ matchers }, { team: [{ matchers: [{ method: "GET" }, { method: "POST" }] }] })), [
      ["MW0248", "RouteTable/team http[0].matchers[1]"],
    ]);
    assert.deepEqual(codes(check({ matchers }, { team: [{ matchers: [{ method: "POST" }] }] })), [
      ["MW0241", "RouteTable/team http[0]"],
    ]);
  });

  it("reports nothing about unknown values", () => {
    const [known, unknown] = [[{ method: "GET" }], [{ method: later }]];
    assert.deepEqual(check({ matchers: known }, { team: [{ matchers: unknown }, { matchers: known }] }), []);
    assert.deepEqual(check({ matchers: unknown }, { team: [{ matchers: known }, { matchers: unknown }] }), []);
    const sorted = { delegate: { routeTables: ["team"], sortMethod: "ROUTE_SPECIFICITY" } };
    const paths = [{ matchers: [{ uri: { prefix: "/" } }] }, { matchers: [{ uri: { exact: later } }] }];
    assert.deepEqual(check(sorted, { team: paths }), []);
  });

  it("compares the routes of all tables in evaluation order (MW0205)", () => {
    const [open, exact] = [{}, { matchers: [{ uri: { exact: "/a" } }] }];
    assert.deepEqual(check({}, { first: [open], second: [exact] }), [
      ["MW0205", "RouteTable/second http[0]", { route: "r0", by: "first/r0", table: "second" }],
    ]);
    const delegate = { routeTables: ["first", "second"], sortMethod: "ROUTE_SPECIFICITY" };
    assert.deepEqual(check({ delegate }, { first: [open], second: [exact] }), []);
  });

  it("finds the same for tables together and one by one", () => {
    const file = "test/golden/cases/findings--delegated-routes/in.yaml";
    const { model } = readModelFile(readFileSync(file, "utf8"), file);
    const apart = KINDS.flatMap((kind) =>
      [...model[kind].keys()].flatMap((name) => checkModel(model, { focus: { kind, name } })),
    );
    const together = checkModel(model);
    assert.ok(together.some(({ through }) => through !== undefined));
    // on its own, a table does not know what else delegates to those below it
    const certain = apart.map((each) => {
      const code = each.code === "MW0230" ? "MW0205" : each.code === "MW0234" ? "MW0212" : each.code;
      return { ...each, code, severity: catalog[code].severity };
    });
    assert.deepEqual(sortDiagnostics(certain), together);
    // on its own, a table that others delegate to knows no gateways
    assert.deepEqual(
      checkModel(model, { focus: { kind: "RouteTable", name: "team" } }).filter(({ through }) => through !== undefined),
      [],
    );
  });
});
