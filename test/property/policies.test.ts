/** Invariants of the policies of every destination that passes the checks. */
import assert from "node:assert/strict";
import { DESTINATION_POLICY_KINDS, type DestinationPolicyKind } from "../../sdk/nodejs/src/kinds/kinds.js";
import type { KubeObject } from "../../sdk/nodejs/src/kube/object.js";
import type { Model } from "../../sdk/nodejs/src/model/model.js";
import { listedPolicies } from "../../sdk/nodejs/src/model/policies.js";
import type { VirtualDestination } from "../../sdk/nodejs/src/model/virtual-destination.js";
import type { ClusterPlan } from "../../sdk/nodejs/src/plan/types.js";
import type { Endpoint, Target } from "../../sdk/nodejs/src/simulate/decision.js";
import { TargetResolver } from "../../sdk/nodejs/src/simulate/targets.js";
import { configureRuns } from "../support/arbitraries/runs.js";
import { forCheckedModels } from "../support/checked-models.js";

interface LocalitySetting {
  readonly enabled?: boolean;
  readonly failover?: readonly { readonly from: string; readonly to: string }[];
  readonly failoverPriority?: readonly string[];
  readonly distribute?: readonly { readonly from: string; readonly to: Readonly<Record<string, number>> }[];
}

interface Settings {
  readonly outlierDetection?: object;
  readonly loadBalancer?: { readonly localityLbSetting?: LocalitySetting };
  readonly connectionPool?: object;
  readonly tls?: { readonly mode: string };
}

interface Rule {
  readonly host: string;
  readonly trafficPolicy?: { readonly portLevelSettings?: readonly Settings[] };
  readonly subsets?: readonly { readonly trafficPolicy?: object }[];
}

const TLS_MODES = { disable: "DISABLE", simple: "SIMPLE", mutual: "MUTUAL", istioMutual: "ISTIO_MUTUAL" };

describe("property: policies", function () {
  configureRuns(this);

  it("apply to every port of every rule of the resources that list them, and nowhere else", () => {
    let seen = 0;
    forCheckedModels(({ model, compiled }) => {
      for (const { maker, object } of compiled.objects) {
        const destination = model.VirtualDestination.get(maker.name);
        if (maker.kind !== "VirtualDestination" || destination === undefined) continue;
        if (destination.policies.length > 0) seen += 1;
        if (object.kind === "DestinationRule") checkRule(object, destination, model);
        if (object.kind === "ServiceEntry") checkLocalities(object);
      }
    });
    assert.ok(seen > 0, "no model had policies");
  });

  it("rank a route's endpoints without gaps, or distribute requests among them", () => {
    forCheckedModels(({ compiled }) => {
      for (const cluster of compiled.plan.clusters)
        for (const target of targetsOf(cluster)) checkTarget(target, cluster.cluster);
    });
  });
});

function checkRule({ spec }: KubeObject, destination: VirtualDestination, model: Model): void {
  const { host, trafficPolicy, subsets = [] } = spec as unknown as Rule;
  // the host of one cluster's pods has a policy for all ports
  if (!destination.hosts.includes(host)) return;
  const [outlier] = listedPolicies(model, destination.policies, "OutlierDetectionPolicy");
  const lists = (kind: DestinationPolicyKind) => listedPolicies(model, destination.policies, kind).length > 0;
  const prefers = lists("FailoverPolicy") || lists("OutlierDetectionPolicy");
  const ports = trafficPolicy?.portLevelSettings ?? [];
  const [clientTls] = listedPolicies(model, destination.policies, "ClientTLSPolicy");
  for (const { outlierDetection, loadBalancer, connectionPool, tls } of ports) {
    assert.equal(outlierDetection !== undefined, outlier !== undefined);
    assert.equal(loadBalancer !== undefined, prefers || lists("LoadBalancerPolicy"));
    assert.equal(connectionPool !== undefined, lists("ConnectionPolicy"));
    if (clientTls !== undefined) assert.equal(tls?.mode, TLS_MODES[clientTls.value.mode]);
    const setting = loadBalancer?.localityLbSetting;
    assert.equal(setting !== undefined, prefers);
    if (setting !== undefined) checkLocalitySetting(setting, outlier !== undefined);
  }
  const kinds = DESTINATION_POLICY_KINDS.filter((kind) => kind !== "ActiveHealthCheckPolicy");
  if (kinds.some(lists)) assert.equal(ports.length, destination.ports.length);
  assert.deepEqual(
    subsets.filter((subset) => "trafficPolicy" in subset),
    [],
    "a subset's own policy would replace the port's policy",
  );
}

/** Mirrors Istio's validation (validateLocalityLbSetting). */
function checkLocalitySetting(setting: LocalitySetting, hasOutlierDetection: boolean): void {
  const { enabled, failover = [], failoverPriority = [], distribute = [] } = setting;
  assert.equal(enabled, true);
  assert.ok([failover, failoverPriority, distribute].filter(({ length }) => length > 0).length <= 1);
  if (failover.length > 0 || failoverPriority.length > 0) assert.ok(hasOutlierDetection);
  for (const { from, to } of failover) assert.ok(from !== to && !/[/*]/.test(from + to));
  for (const { to } of distribute)
    assert.equal(
      Object.values(to).reduce((sum, weight) => sum + weight, 0),
      100,
    );
}

/** Istio puts endpoints without a locality last, or drops them. */
function checkLocalities({ spec }: KubeObject): void {
  for (const endpoint of (spec["endpoints"] ?? []) as readonly { readonly locality?: string }[])
    assert.ok(endpoint.locality !== undefined);
}

function targetsOf(cluster: ClusterPlan): readonly Target[] {
  const resolver = new TargetResolver(cluster, undefined);
  return cluster.routeTables
    .flatMap(({ routes }) => routes)
    .flatMap(({ action }) => (action.kind === "forward" ? resolver.targetsOf(action, "shop.example.com") : []));
}

function checkTarget({ endpoints, policies }: Target, cluster: string): void {
  const priorities = endpoints.map(({ priority }) => priority).filter((priority) => priority !== undefined);
  const shares = endpoints.map(({ share }) => share).filter((share) => share !== undefined);
  assert.ok(priorities.length === 0 || shares.length === 0);
  if (policies === undefined) assert.equal(priorities.length + shares.length, 0);
  if (priorities.length > 0) {
    assert.equal(priorities.length, endpoints.length);
    const inOrder = [...new Set(priorities)];
    assert.deepEqual(
      inOrder,
      inOrder.map((_, index) => index),
    );
    for (const each of endpoints) if (isOwn(each, cluster)) assert.equal(each.priority, 0);
  }
  for (const share of shares) assert.ok(share >= 0 && share <= 100);
}

function isOwn(endpoint: Endpoint, cluster: string): boolean {
  return endpoint.kind === "pods" && endpoint.cluster === cluster;
}
