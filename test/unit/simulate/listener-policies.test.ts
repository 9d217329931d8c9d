import assert from "node:assert/strict";
import { describeSimulations } from "../../../sdk/nodejs/src/simulate/describe.js";
import { gatewayArgs, tableArgs } from "../../support/shop.js";
import { answers, ask, planOf, request } from "./ask.js";

const plan = planOf({
  virtualGateways: {
    web: gatewayArgs({ listeners: [{ port: 80 }, { port: 81 }], policies: ["log", "balanced", "off", "small"] }),
    sharing: gatewayArgs({ listeners: [{ port: 80, allowedRouteTables: [{ host: "other.example.com" }] }] }),
    apart: gatewayArgs({ listeners: [{ port: 80 }], workloads: { labels: { istio: "apart" } } }),
  },
  accessLogPolicies: {
    log: {
      applyToListeners: [{ port: 80 }],
      filters: [
        { statusCodeMatcher: { value: 500, comparator: "GE" } },
        { statusCodeMatcher: { value: 404 } },
        { statusCodeMatcher: { value: 0, comparator: "LE" } },
        { headerMatcher: { name: "X-Debug" } },
        { headerMatcher: { name: "x-a", value: "b.*", regex: true, invertMatch: true } },
      ],
      includedRequestHeaders: ["x-user"],
      includedResponseTrailers: ["grpc-status"],
    },
  },
  proxyProtocolPolicies: {
    balanced: { applyToListeners: [{ port: 81 }], enableProxyProtocol: true },
    off: { applyToListeners: [{ port: 80 }], enableProxyProtocol: false },
  },
  listenerConnectionPolicies: {
    small: {
      applyToListeners: [{ port: 81 }],
      perConnectionBufferLimitBytes: 1000,
      tcpKeepalive: { time: "60s", interval: "5s", probes: 3 },
    },
  },
  routeTables: {
    shop: tableArgs({ http: [answers("only")], virtualGateways: ["web", "apart"] }),
    other: tableArgs({ hosts: ["other.example.com"], http: [answers("only")], virtualGateways: ["sharing"] }),
  },
});

/** Returns the description of listener policies for such a request. */
function described(gateway: string, overrides: Parameters<typeof request>[1] = {}): readonly string[] {
  const asked = request("/", { from: { cluster: "east", gateway }, ...overrides });
  const text = describeSimulations(asked, [ask(plan, "/", asked)]);
  return text.split("\n").filter((line) => line.includes("Policy"));
}

describe("simulated policies of listeners", () => {
  const off = "  ProxyProtocolPolicy off of the listener: switched off";
  const line =
    "  AccessLogPolicy log of the listener: logs requests that are answered 500 or higher or that are answered " +
    "404 or that are " +
    "answered 0 or lower or with a header x-debug or without a header x-a that matches b.*; with x-user, grpc-status";

  it("are described for every request at their port, even if no route takes it", () => {
    assert.deepEqual(described("web"), [off, line]);
    assert.deepEqual(described("web", { host: "shop.example.com", path: "/none" }), [off, line]);
  });

  it("apply to all gateways that share the port", () => {
    assert.deepEqual(described("sharing", { host: "other.example.com" }), [off, line]);
  });

  it("apply at no other port, and on no other proxies", () => {
    assert.deepEqual(described("web", { port: 81 }), [
      "  ProxyProtocolPolicy balanced of the listener: connections must begin with a PROXY header with the " +
        "client's address, else they are closed",
      "  ListenerConnectionPolicy small of the listener: at most 1000 bytes are buffered per connection, clients " +
        "are probed after 60s without data, every 5s, and at most 3 times",
    ]);
    assert.deepEqual(described("apart"), []);
  });
});
