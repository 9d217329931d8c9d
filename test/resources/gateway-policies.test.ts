/** Resources of policies that gateways list. */
import assert from "node:assert/strict";
import {
  AccessLogPolicy,
  DLPPolicy,
  ListenerConnectionPolicy,
  RoutingError,
  WAFPolicy,
} from "../../sdk/nodejs/src/index.js";
import { objects, settled, startMocks, unknown } from "./mocks.js";
import { fleet, gateway, table } from "./two-clusters.js";

describe("policies of listeners", () => {
  beforeEach(() => startMocks(true));

  it("render with the gateways that list them, Outputs included, and with no table", async () => {
    const log = new AccessLogPolicy("log", { filters: [{ statusCodeMatcher: { value: unknown<number>() } }] });
    const connection = new ListenerConnectionPolicy("connection", { tcpKeepalive: { time: unknown<string>() } });
    const prod = fleet();
    const web = gateway(prod, { policies: [log, connection] });
    table({ fleet: prod, virtualGateways: [web] });
    await settled();
    const filters = objects("EnvoyFilter");
    assert.deepEqual(
      filters.map(({ inputs }) => (inputs["metadata"] as { name: string }).name),
      ["web", "web"],
    );
    assert.ok(objects("VirtualService").length > 0);
  });
});

describe("policies that need another proxy", () => {
  beforeEach(() => startMocks(true));

  it("are refused if they hold fields of Gloo's policies (MW0701, MW0702)", () => {
    const waf = { customRuleSets: [{ ruleStr: "SecRuleEngine On" }], auditLogging: { action: "ALWAYS" } };
    const dlp = { actions: [{ predefinedAction: "ALL_CREDIT_CARDS" }] };
    assert.deepEqual(
      codeOf(() => new WAFPolicy("waf", waf)),
      "MW0701",
    );
    assert.deepEqual(
      codeOf(() => new WAFPolicy("waf", { priority: 1 })),
      "MW0701",
    );
    assert.deepEqual(
      codeOf(() => new DLPPolicy("dlp", dlp)),
      "MW0702",
    );
  });
});

function codeOf(make: () => unknown): string | undefined {
  try {
    make();
  } catch (error) {
    assert.ok(error instanceof RoutingError, String(error));
    return error.diagnostics.map(({ code }) => code).join();
  }
  return undefined;
}
