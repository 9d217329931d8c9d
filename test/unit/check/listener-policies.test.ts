import assert from "node:assert/strict";
import type { ModelArgs } from "../../support/models.js";
import { gatewayArgs, shopArgs } from "../../support/shop.js";
import { findingsOf, later } from "./findings.js";

const at = "VirtualGateway/web";

/** Returns the findings about gateways on the same proxies with these policies. */
function check(
  gateways: Readonly<Record<string, Parameters<typeof gatewayArgs>[0]>>,
  accessLogPolicies: Readonly<Record<string, object>>,
  options?: Parameters<typeof findingsOf>[1],
) {
  const virtualGateways = Object.fromEntries(
    Object.entries(gateways).map(([name, args]) => [name, gatewayArgs({ clusters: ["east"], ...args })]),
  );
  const args: ModelArgs = { virtualGateways, routeTables: {}, accessLogPolicies };
  return findingsOf(shopArgs(args), options);
}

const ports = (...numbers: readonly number[]) => ({ applyToListeners: numbers.map((port) => ({ port })) });

describe("check: policies of listeners", () => {
  const listeners = [{ port: 80, targetPort: 8080 }, { port: 81 }];

  it("select listeners by the port that clients use (MW0490)", () => {
    assert.deepEqual(check({ web: { listeners, policies: ["log"] } }, { log: ports(80) }), []);
    const bound = check({ web: { listeners, policies: ["log"] } }, { log: ports(8080, 82) });
    const facts = { kind: "AccessLogPolicy", policy: "log", wanted: [8080, 82], known: [80, 81] };
    assert.deepEqual(bound, [["MW0490", `${at} policies[0]`, facts]]);
  });

  it("are at most one of each kind per listener (MW0401)", () => {
    const two = { web: { listeners, policies: ["a", "b"] } };
    assert.deepEqual(check(two, { a: ports(80), b: ports(81) }), []);
    const facts = { kind: "AccessLogPolicy", first: "a", second: "b" };
    assert.deepEqual(check(two, { a: ports(80), b: ports(80, 81) }), [["MW0401", `${at} policies[1]`, facts]]);
    assert.deepEqual(check(two, { a: {}, b: ports(81) }), [["MW0401", `${at} policies[1]`, facts]]);
  });

  it("are listed by one of the gateways that share a port (MW0491)", () => {
    const shared = { port: 99, targetPort: 8080 };
    const of = (...policies: string[]) => ({ web: { listeners, policies }, other: { listeners: [shared], policies } });
    const facts = { kind: "AccessLogPolicy", policy: "log", port: 8080, cluster: "east", other: "web" };
    const found = [["MW0491", "VirtualGateway/other policies[0]", facts]];
    assert.deepEqual(check(of("log"), { log: {} }), found);
    assert.deepEqual(check(of("log"), { log: ports(80, 99) }), found);
    assert.deepEqual(check(of("log"), { log: ports(81, 99) }), []);
    assert.deepEqual(check({ ...of("log"), web: { listeners } }, { log: {} }), []);
    const elsewhere = { listeners: [shared], policies: ["log"] };
    for (const other of [{ namespace: "edge" }, { workloads: { labels: { istio: "edge" } } }, { clusters: ["west"] }])
      assert.deepEqual(check({ ...of("log"), other: { ...elsewhere, ...other } }, { log: {} }), []);
  });

  it("conflict over resources that are checked one by one", () => {
    const claims = new Map<string, string>();
    const gateways = { web: { listeners, policies: ["log"] }, other: { listeners, policies: ["log"] } };
    const ask = (name: string) =>
      check(gateways, { log: {} }, { focus: { kind: "VirtualGateway", name }, claims }).map(([code, where]) => [
        code,
        where,
      ]);
    assert.deepEqual(ask("web"), []);
    assert.deepEqual(ask("other"), [["MW0491", "VirtualGateway/other policies[0]"]]);
  });

  it("are not narrowed to listeners whose port is an Output (MW0492)", () => {
    const unknown = { web: { listeners: [{ port: 80 }, { port: later, targetPort: 81 }], policies: ["log"] } };
    assert.deepEqual(check(unknown, { log: {} }), []);
    const facts = { kind: "AccessLogPolicy", policy: "log" };
    assert.deepEqual(check(unknown, { log: ports(80) }), [["MW0492", `${at} listeners[1].port`, facts]]);
  });
});
