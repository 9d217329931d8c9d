/** Tables that several routes delegate to: what one way does not reach is an error only if no other way does. */
import assert from "node:assert/strict";
import type { ModelArgs } from "../../support/models.js";
import { gatewayArgs, shopArgs, tableArgs } from "../../support/shop.js";
import { type Found, findingsOf } from "./findings.js";

const answers = { directResponse: { status: 200 } };
const prefix = (path: string) => ({ uri: { prefix: path } });
const to = (...routeTables: string[]) => ({ delegate: { routeTables } });

type Routes = readonly object[];

/** A model of tables with hosts and of tables that these delegate to; routes answer unless they delegate. */
function modelArgs(roots: Readonly<Record<string, Routes>>, below: Readonly<Record<string, Routes>>): ModelArgs {
  const named = (routes: Routes) =>
    routes.map((each, index) => ({ name: `r${index}`, ...("delegate" in each ? {} : answers), ...each }));
  const rootArgs = Object.entries(roots).map(([name, routes]) => [
    name,
    tableArgs({ hosts: [`${name}.example.com`], http: named(routes) }),
  ]);
  const belowArgs = Object.entries(below).map(([name, routes]) => [name, { fleet: "prod", http: named(routes) }]);
  return shopArgs({ routeTables: Object.fromEntries([...rootArgs, ...belowArgs]) });
}

function check(roots: Readonly<Record<string, Routes>>, below: Readonly<Record<string, Routes>>): Found[] {
  return findingsOf(modelArgs(roots, below));
}

const codes = (found: readonly Found[]) => found.map(([code, at]) => `${code} ${at}`);
const inFocus = (name: string, args: ModelArgs) => findingsOf(args, { focus: { kind: "RouteTable", name } });

describe("check: several ways to one table", () => {
  const get = { matchers: [{ method: "GET" }] };
  const post = { matchers: [{ method: "POST" }] };

  it("accepts a route that one way reaches and another contradicts (MW0241)", () => {
    const shared = [get, post];
    assert.deepEqual(check({ a: [{ ...get, ...to("team") }], b: [{ ...post, ...to("team") }] }, { team: shared }), []);
    assert.deepEqual(
      check(
        {
          a: [
            { ...get, ...to("team") },
            { ...post, ...to("team") },
          ],
        },
        { team: shared },
      ),
      [],
      "by two routes of one table",
    );
    assert.deepEqual(codes(check({ a: [{ ...get, ...to("team") }] }, { team: shared })), [
      "MW0241 RouteTable/team http[1]",
    ]);
  });

  it("accepts a matcher that one way reaches (MW0248, MW0206)", () => {
    const team = [{ matchers: [{ method: "GET" }, { method: "POST" }] }];
    assert.deepEqual(check({ a: [{ ...get, ...to("team") }], b: [{ ...post, ...to("team") }] }, { team }), []);
    assert.deepEqual(codes(check({ a: [{ ...get, ...to("team") }] }, { team })), [
      "MW0248 RouteTable/team http[0].matchers[1]",
    ]);
    const paths = [{ matchers: [prefix("/x"), prefix("/y")] }];
    const early = [{ matchers: [prefix("/x")] }, to("team")];
    assert.deepEqual(codes(check({ a: early }, { team: paths })), ["MW0206 RouteTable/team http[0].matchers[0]"]);
    assert.deepEqual(check({ a: early, b: [to("team")] }, { team: paths }), []);
  });

  it("warns of a route that is covered on one way, and refuses it only if it is on all (MW0205, MW0230)", () => {
    const early = [{ matchers: [prefix("/x")] }, to("team")];
    const team = [{ matchers: [prefix("/x/y")] }, { matchers: [prefix("/z")] }];
    const facts = { route: "r0", by: "a/r0", moved: "a/r1", before: "a/r0" };
    assert.deepEqual(check({ a: early }, { team }), [["MW0205", "RouteTable/team http[0]", facts]]);
    assert.deepEqual(check({ a: early, b: [to("team")] }, { team }), [["MW0230", "RouteTable/team http[0]", facts]]);
    assert.deepEqual(codes(check({ a: early, b: early }, { team })), [
      "MW0205 RouteTable/team http[0]",
      "MW0205 RouteTable/team http[0]",
    ]);
  });

  it("counts a way as none if it is lost in any way", () => {
    const early = [{ matchers: [prefix("/x")] }, to("team")];
    const team = [{ matchers: [{ ...prefix("/x/y"), method: "POST" }] }, {}];
    assert.deepEqual(codes(check({ a: early, b: [{ ...get, ...to("team") }] }, { team })), [
      "MW0205 RouteTable/team http[0]",
      "MW0241 RouteTable/team http[0]",
    ]);
  });

  it("says nothing of a route that takes the same requests on an earlier way", () => {
    assert.deepEqual(check({ a: [{ ...get, ...to("team") }, to("team")] }, { team: [get, post] }), []);
  });

  it("blames the delegating route where that is the covered one", () => {
    const routes = [{ matchers: [prefix("/")] }, { matchers: [prefix("/cart")], ...to("team") }];
    const facts = { route: "r1", by: "r0", byIndex: 0 };
    const [team, middle] = [[{}, { matchers: [prefix("/x")] }], [to("team")]];
    assert.deepEqual(check({ a: routes, b: [to("team")] }, { team: team.toReversed() }), [
      ["MW0205", "RouteTable/a http[1]", facts],
    ]);
    const below = { team: team.toReversed(), middle: [{ matchers: [prefix("/")] }, ...middle] };
    assert.deepEqual(
      check({ a: [to("middle")] }, below),
      [["MW0205", "RouteTable/middle http[1]", facts]],
      "in the middle of a way",
    );
  });

  it("blames a delegating route in the middle that contradicts the one before it (MW0241)", () => {
    const below = { middle: [{ ...post, ...to("team") }, get], team: [{}, { matchers: [prefix("/x")] }].toReversed() };
    assert.deepEqual(codes(check({ a: [{ ...get, ...to("middle") }] }, below)), ["MW0241 RouteTable/middle http[0]"]);
    assert.deepEqual(check({ a: [{ ...get, ...to("middle") }], b: [to("middle")] }, below), []);
  });

  it("refuses a delegating route below which nothing is left (MW0237)", () => {
    const team = [get];
    assert.deepEqual(check({ a: [{ ...post, ...to("team") }, {}], b: [to("team")] }, { team }), [
      [
        "MW0237",
        "RouteTable/a http[0].delegate",
        { route: "r0", below: "team/r0", on: "method", parent: "POST", child: "GET" },
      ],
    ]);
  });

  it("accepts a port that the gateways of one table have, and blames the route that asks for it (MW0212)", () => {
    const side = gatewayArgs({ listeners: [{ port: 8080 }], workloads: { labels: { istio: "side" } } });
    const team = [{ matchers: [{ port: 443 }, { port: 8080 }] }, {}];
    const args = modelArgs({ a: [to("team")] }, { team });
    const both = modelArgs({ a: [to("team")], b: [to("team")] }, { team });
    const b = { ...both.routeTables?.["b"], virtualGateways: ["side"] };
    const listening = {
      ...both,
      virtualGateways: { ...both.virtualGateways, side },
      routeTables: { ...both.routeTables, b },
    };
    const found = (of: ModelArgs) => codes(findingsOf(of).filter(([code]) => code === "MW0212"));
    assert.deepEqual(found(args).at(-1), "MW0212 RouteTable/team http[0].matchers[1].port");
    assert.ok(!found(listening).includes("MW0212 RouteTable/team http[0].matchers[1].port"));
    assert.deepEqual(codes(inFocus("a", args)).at(-1), "MW0234 RouteTable/team http[0].matchers[1].port");
    assert.deepEqual(
      codes(check({ a: [{ matchers: [{ port: 8080 }], ...to("team") }, {}] }, { team: [{}] })),
      ["MW0212 RouteTable/a http[0].matchers[0].port"],
      "of a delegating route",
    );
  });

  it("only warns where tables that are not known here may lead to the route (MW0230, MW0249)", () => {
    const below = { team: [{ matchers: [prefix("/x/y")] }, { matchers: [{ method: "POST" }] }, {}] };
    const args = modelArgs({ a: [{ matchers: [prefix("/x")] }, { ...get, ...to("team") }] }, below);
    assert.deepEqual(codes(inFocus("a", args)), ["MW0230 RouteTable/team http[0]", "MW0249 RouteTable/team http[1]"]);
    const idle = modelArgs({ a: [{ ...get, ...to("team") }, {}] }, { team: [post] });
    assert.deepEqual(codes(inFocus("a", idle)), ["MW0237 RouteTable/a http[0].delegate"]);
    const own = modelArgs({ a: [{}, { ...get, ...to("team") }] }, { team: [{}] });
    assert.deepEqual(codes(inFocus("a", own)), ["MW0205 RouteTable/a http[1]"]);
  });
});
