import { isDeferred, isKnown } from "../model/deferred.js";
import type { Fleet } from "../model/fleet.js";
import { clustersNamed } from "../model/fleet.js";
import { widestHosts } from "../model/host.js";
import type { Policies } from "../model/policies.js";
import type { Listener, VirtualGateway } from "../model/virtual-gateway.js";
import { planAccess } from "./access.js";
import { shapedBy } from "./endpoints.js";
import { type PlannedListenerPolicies, planListenerPolicies } from "./listener-policies.js";
import type { PlannedGateway, PlannedListener } from "./types.js";

/** Plans a virtual gateway for each of its clusters. */
export function planGateway(
  name: string,
  gateway: VirtualGateway,
  { fleet, policies }: { readonly fleet: Fleet; readonly policies: Policies },
): { cluster: string; gateway: PlannedGateway }[] {
  const guarded = {
    namespace: gateway.namespace,
    proxies: [gateway.workloads.labels],
    ports: gateway.listeners.map(({ targetPort }) => targetPort),
  };
  const access = planAccess(policies, gateway.policies, guarded, fleet);
  const planned: PlannedGateway = {
    maker: { kind: "VirtualGateway", name },
    namespace: gateway.namespace,
    labels: gateway.workloads.labels,
    listeners: gateway.listeners.map((listener) =>
      planListener(listener, planListenerPolicies(policies, gateway, listener)),
    ),
    ...(access && { access }),
    ...shapedBy(gateway.listeners.flatMap(shapeOf)),
  };
  return clustersNamed(fleet, gateway.clusters).map((cluster) => ({ cluster: cluster.name, gateway: planned }));
}

function planListener(listener: Listener, policies: PlannedListenerPolicies | undefined): PlannedListener {
  return {
    port: listener.port,
    boundPort: listener.targetPort,
    protocol: listener.protocol,
    httpsRedirect: listener.httpsRedirect,
    ...(listener.tls && { tls: listener.tls }),
    hosts: servedHosts(listener),
    ...(policies && { policies }),
  };
}

/**
 * Returns the leaves that decide the shape of a listener: duplicate hosts are written once, TLS settings depend on the
 * redirect, and a passthrough listener has no others.
 */
function shapeOf({ allowedRouteTables, httpsRedirect, tls }: Listener): readonly unknown[] {
  const hosts = allowedRouteTables.length > 1 ? allowedRouteTables.map(({ host }) => host) : [];
  return [...hosts, tls === undefined ? httpsRedirect : tls.mode];
}

/**
 * Returns the hosts that a listener serves, without those that another one covers: a gateway would attach the routes of
 * every table whose host covers them, in an undefined order.
 */
function servedHosts({ allowedRouteTables }: Listener): readonly string[] {
  const hosts = allowedRouteTables.map(({ host }) => host);
  return [...widestHosts(hosts.filter(isKnown)), ...new Set(hosts.filter(isDeferred))];
}
