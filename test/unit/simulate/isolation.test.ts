/** What the isolation of namespaces makes of requests, on the plan. */
import assert from "node:assert/strict";
import { describeSimulations } from "../../../sdk/nodejs/src/simulate/describe.js";
import { simulate } from "../../../sdk/nodejs/src/simulate/simulate.js";
import type { ModelArgs } from "../../support/models.js";
import { gatewayArgs, tableArgs } from "../../support/shop.js";
import { planOf, request } from "./ask.js";

const toService = (name: string, cluster: string) => ({
  name: `${name}-${cluster}`,
  matchers: [{ uri: { prefix: `/${cluster}` } }],
  forwardTo: { destinations: [{ service: { name, namespace: "shop", cluster }, port: 80 }] },
});

const routes = { http: [toService("cart", "east"), toService("cart", "west")] };

/** A team that owns the namespace of what the routes lead to, and others. */
const planWith = (settings: object, more: ModelArgs = {}) =>
  planOf({
    workspaces: {
      shop: { fleet: "prod", workloadClusters: [{ namespaces: [{ name: "shop" }] }] },
      friends: { fleet: "prod", workloadClusters: [{ namespaces: [{ name: "gateways" }, { name: "friends" }] }] },
    },
    workspaceSettings: {
      "shop-team": { workspace: "shop", options: { serviceIsolation: { enabled: true } }, ...settings },
    },
    virtualGateways: { web: gatewayArgs({ listeners: [{ port: 80 }] }) },
    routeTables: {
      shop: tableArgs(routes),
      calls: tableArgs({
        ...routes,
        virtualGateways: undefined,
        sidecars: { namespaces: ["shop", "friends"] },
      }),
    },
    ...more,
  });

describe("simulated isolation of namespaces", () => {
  const verdicts = (plan: ReturnType<typeof planWith>, from: object = {}) =>
    ["/east", "/west"].map((path) => {
      const { decision } = simulate(plan, request(path, { from: { cluster: "east", ...from } }));
      return "targets" in decision ? (decision.targets[0]?.access?.verdict ?? "unguarded") : decision.kind;
    });
  const sidecar = (namespace: string) => ({ sidecar: { namespace } });

  it("refuses callers of other workspaces at plain Services, near and far", () => {
    const plan = planWith({});
    assert.deepEqual(verdicts(plan), ["refused", "refused"]);
    assert.deepEqual(verdicts(plan, sidecar("friends")), ["refused", "refused"]);
    assert.deepEqual(verdicts(plan, sidecar("shop")), ["allowed", "allowed"]);
  });

  it("lets in the workspaces that Services are exported to, where they are", () => {
    const exporting = (resources: object) =>
      planWith({ exportTo: [{ workspaces: ["friends"], resources: [resources] }] });
    assert.deepEqual(verdicts(exporting({})), ["allowed", "allowed"]);
    assert.deepEqual(verdicts(exporting({ kind: "SERVICE", name: "cart" })), ["allowed", "allowed"]);
    assert.deepEqual(verdicts(exporting({ kind: "SERVICE", cluster: "west" })), ["refused", "allowed"]);
    assert.deepEqual(verdicts(exporting({ kind: "SERVICE", namespace: "other" })), ["refused", "refused"]);
    assert.deepEqual(verdicts(exporting({ kind: "ROUTE_TABLE" })), ["refused", "refused"]);
    assert.deepEqual(verdicts(exporting({ kind: "EXTERNAL_SERVICE" })), ["refused", "refused"]);
    assert.deepEqual(verdicts(exporting({ kind: "VIRTUAL_DESTINATION" }), sidecar("friends")), ["allowed", "allowed"]);
  });

  it("guards nothing unless it is enabled", () => {
    assert.deepEqual(verdicts(planWith({ options: { serviceIsolation: { enabled: false } } })), [
      "unguarded",
      "unguarded",
    ]);
  });

  it("is told", () => {
    const asked = request("/east");
    assert.match(describeSimulations(asked, [simulate(planWith({}), asked)]), /pods refuse it: 403/);
  });
});
