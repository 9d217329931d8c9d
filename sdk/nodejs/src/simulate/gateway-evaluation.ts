import type { RoutePolicyKind } from "../kinds/kinds.js";
import { isDeferred } from "../model/deferred.js";
import { FILTER_ORDER } from "../plan/filter-order.js";
import type { PlannedRoutes } from "../plan/types.js";
import type { ListenerVerdict } from "./access.js";
import { answer, redirectToHttps, type TargetsOf } from "./answer.js";
import { type BoundListener, type Chain, chainFor, type Proxies } from "./bound-listener.js";
import type { ConnectionChain } from "./connection-chain.js";
import type { Decision, Denied, Passed, Refused, Rejected, Unanswered } from "./decision.js";
import type { EnvoyRoute } from "./envoy-route.js";
import { type Incoming, receive } from "./incoming.js";
import { verifiedClaims } from "./jwt-authn.js";
import { judgeAtListener } from "./listener-access.js";
import { isConnection, opensTls, portOf, type Question, serverNameOf } from "./request.js";
import type { TargetResolver } from "./targets.js";
import type { VirtualHost } from "./virtual-hosts.js";

/** The answer if it depends on an unknown leaf. */
export const NOT_KNOWN: Unanswered = { kind: "unanswered", reason: "notKnownYet", candidates: [] };

/** The answer to a client that wants another protocol. Envoy: ActiveStream::decodeHeaders. */
export const REFUSED_UPGRADE: Rejected = { kind: "rejected", status: 403, part: "upgrade" };

/** Functions that resolve the targets of routes. */
export interface Finders {
  readonly targets: TargetsOf;
  readonly connectionTargets: TargetResolver["connectionTargetsOf"];
}

/** Returns the decision that a connection route matched. */
export function passed(
  { table, route, matcher }: Pick<ConnectionChain, "route" | "matcher"> & { readonly table: PlannedRoutes },
  targets: Finders["connectionTargets"],
): Passed {
  return {
    kind: "passed",
    table: table.maker.name,
    route: route.name,
    ...(matcher !== undefined && { matcher }),
    targets: targets(route.targets),
  };
}

/** The evaluation of one request or connection at a gateway, and how far it got. */
export class GatewayEvaluation {
  readonly request: Question;
  boundListener: BoundListener | undefined;
  serverName: string | undefined;
  chain: Chain | undefined;
  incoming: Incoming | undefined;
  virtualHost: VirtualHost | undefined;
  /** Verdicts of the gateways' access policies. */
  access: readonly ListenerVerdict[] = [];
  /** True once routes are evaluated, which they are not if the listener redirects everything. */
  isRouted = false;

  constructor(request: Question) {
    this.request = request;
  }

  /** Evaluates in Envoy's order: the connection, the HTTP request, the host, the route. */
  decide(proxies: Proxies, { targets, connectionTargets }: Finders): Decision {
    const { request } = this;
    const isTls = opensTls(request);
    const boundListener = proxies.boundListeners.get(portOf(request));
    this.boundListener = boundListener;
    if (boundListener === undefined) return proxies.isPartial ? NOT_KNOWN : refused("noListener");
    if (boundListener.wireProtocol === "HTTP" && isTls) return refused("noTls");
    if (boundListener.wireProtocol === "TLS" && !isTls) return refused("needsTls");
    this.serverName = isTls ? serverNameOf(request) : undefined;
    const chain = chainFor(boundListener, this.serverName);
    if (chain === undefined) return boundListener.isPartial ? NOT_KNOWN : refused("serverName");
    this.chain = chain;
    if (chain.kind === "connections") {
      this.access = judgeAtListener(proxies, { boundListener, chain }, request);
      return this.access.some(isRefusal) ? refused("denied") : passed(chain, connectionTargets);
    }
    if (isConnection(request)) return refused("needsHttp");
    const incoming = receive(request);
    if ("kind" in incoming) return incoming;
    this.incoming = incoming;
    const virtualHost = chain.virtualHosts.find(incoming.hostName);
    // Envoy refuses upgrades before its filters run, access policies among them
    if (incoming.isRefusedUpgrade && virtualHost !== undefined && isServed(virtualHost, incoming)) {
      this.virtualHost = virtualHost;
      this.isRouted = virtualHost.redirectsToHttps === false;
      return REFUSED_UPGRADE;
    }
    this.access = judgeAtListener(proxies, { boundListener, chain }, request, incoming);
    const refusal = this.access.find(isRefusal);
    if (refusal !== undefined) return denied(refusal, incoming);
    this.virtualHost = virtualHost;
    if (virtualHost !== undefined) return this.#route(virtualHost, incoming, targets);
    return chain.virtualHosts.isPartial ? NOT_KNOWN : { kind: "notFound", status: 404, reason: "noHost" };
  }

  #route(virtualHost: VirtualHost, incoming: Incoming, targets: TargetsOf): Decision {
    if (isDeferred(virtualHost.redirectsToHttps)) return NOT_KNOWN;
    if (virtualHost.redirectsToHttps) return redirectToHttps(incoming);
    this.isRouted = true;
    const envoyRoute = virtualHost.index.first(incoming);
    if (envoyRoute === undefined) return { kind: "notFound", status: 404, reason: "noRoute" };
    if (!envoyRoute.isKnown) return NOT_KNOWN;
    const decision = answer(envoyRoute, incoming, targets);
    return virtualHost.hasClaims ? this.#routeAgain(virtualHost, envoyRoute, decision, targets) : decision;
  }

  /** Envoy chooses the route again once a token is verified (`clear_route_cache` of `jwt_authn`). */
  #routeAgain(virtualHost: VirtualHost, first: EnvoyRoute, decision: Decision, targets: TargetsOf): Decision {
    const policy = first.route.policies?.JWTPolicy?.value;
    if (policy === undefined || this.incoming === undefined || endsBeforeTokens(decision)) return decision;
    const claims = verifiedClaims(policy, this.incoming);
    if (claims === undefined) return decision;
    const incoming = this.incoming.withClaims(claims);
    this.incoming = incoming;
    const envoyRoute = virtualHost.index.first(incoming);
    if (envoyRoute === undefined) return { kind: "notFound", status: 404, reason: "noRoute" };
    return envoyRoute.isKnown ? answer(envoyRoute, incoming, targets) : NOT_KNOWN;
  }
}

/** Reports whether a route or the redirect of the listener surely matches. */
function isServed({ redirectsToHttps, index }: VirtualHost, incoming: Incoming): boolean {
  if (isDeferred(redirectsToHttps)) return false;
  return redirectsToHttps || index.first(incoming)?.isKnown === true;
}

/** True if a filter that comes before tokens are verified answers the request. */
function endsBeforeTokens(decision: Decision): boolean {
  if (decision.kind === "preflight") return true;
  const kinds: readonly RoutePolicyKind[] = FILTER_ORDER;
  return decision.kind === "aborted" && kinds.indexOf(decision.by) < kinds.indexOf("JWTPolicy");
}

function isRefusal({ verdict }: ListenerVerdict): boolean {
  return verdict === "refused";
}

function denied({ gateway }: ListenerVerdict, { method }: Incoming): Denied {
  return { kind: "denied", status: 403, ...(method !== "HEAD" && { body: "RBAC: access denied" }), gateway };
}

function refused(reason: Refused["reason"]): Refused {
  return { kind: "refused", reason };
}
