import { memoizeBy } from "../memo/memo.js";
import { isDeferred, isKnown } from "../model/deferred.js";
import { carries } from "../model/labels.js";
import type { ClusterPlan, PlannedConnectionRoute, PlannedSidecarTable } from "../plan/types.js";
import { answer } from "./answer.js";
import type { Decision, Passed, Refused } from "./decision.js";
import { type ConditionsOf, type EnvoyRoute, envoyRoutesOf, hasEnvoyRoutes } from "./envoy-route.js";
import { EnvoyRouteIndex } from "./envoy-route-index.js";
import { type Finders, NOT_KNOWN, passed, REFUSED_UPGRADE } from "./gateway-evaluation.js";
import { HostTable } from "./host-table.js";
import { type Incoming, receive } from "./incoming.js";
import { MeshHosts, means } from "./mesh-hosts.js";
import { type Caller, hostName, isConnection, opensTls, portOf, type Question, serverNameOf } from "./request.js";
import type { Trace } from "./trace.js";
import { verdicts } from "./tracing.js";

/** The routes of a table at one port, as sidecars have them. */
interface PortRoutes {
  readonly envoyRoutes: readonly EnvoyRoute[];
  readonly index: EnvoyRouteIndex;
}

/** The sidecars of one cluster, prepared for evaluation. */
export class ClusterSidecars {
  readonly tables: readonly PlannedSidecarTable[];
  readonly hosts: MeshHosts;
  readonly #conditionsOf: ConditionsOf;

  readonly routesOf = memoizeBy(
    (table: PlannedSidecarTable, port: number): PortRoutes => {
      const envoyRoutes = envoyRoutesOf(table, port, this.#conditionsOf);
      return { envoyRoutes, index: new EnvoyRouteIndex(envoyRoutes) };
    },
    (_table, port) => port,
  );

  constructor(cluster: ClusterPlan, conditionsOf: ConditionsOf) {
    this.tables = cluster.sidecarTables ?? [];
    this.hosts = new MeshHosts(cluster);
    this.#conditionsOf = conditionsOf;
  }
}

/**
 * The evaluation of one request or connection at its caller's sidecar.
 *
 * Istio: BuildSidecarVirtualHostWrapper (pilot/pkg/networking/core/route/route.go) for requests,
 * pilot/pkg/networking/core/tls.go for connections.
 */
export class SidecarEvaluation {
  readonly #sidecars: ClusterSidecars;
  readonly #finders: Finders;
  readonly #caller: Caller;
  readonly #question: Question;
  readonly #port: number;
  /** The requested name, or the mesh host that it refers to. */
  #host: string;
  #table: PlannedSidecarTable | undefined;
  #incoming: Incoming | undefined;

  constructor(sidecars: ClusterSidecars, finders: Finders, question: Question, caller: Caller) {
    this.#sidecars = sidecars;
    this.#finders = finders;
    this.#question = question;
    this.#caller = caller;
    this.#port = portOf(question);
    this.#host = hostName(question.host ?? "");
  }

  /** Evaluates in order: the table that serves the host, the protocol of the port, the route. */
  decide(): Decision {
    const { tables, hosts } = this.#sidecars;
    const own = tables.filter(({ sidecars }) => isOf(sidecars, this.#caller));
    const table = own.find((each) => each.hosts.some((host) => this.#means(host)));
    if (table === undefined) {
      const isPartial = own.some((each) => each.hosts.some(isDeferred));
      return isPartial ? NOT_KNOWN : this.#unrouted();
    }
    this.#table = table;
    this.#host = table.hosts.find((host) => this.#means(host))?.toLowerCase() ?? this.#host;
    const protocol = hosts.protocolAt(this.#host, this.#port, this.#caller);
    if (protocol === "unknown") return NOT_KNOWN;
    const mayBe = (sort: "http" | "tls" | "tcp"): boolean => protocol === sort || protocol === "any";
    const question = this.#question;
    if (opensTls(question)) {
      const found = mayBe("tls") ? this.#byServerName(table, serverNameOf(question)) : undefined;
      return found ?? (mayBe("tcp") ? this.#byPort(table) : undefined) ?? this.#unrouted();
    }
    if (!isConnection(question) && mayBe("http") && hasEnvoyRoutes(table, this.#port)) return this.#route(table);
    if (isConnection(question) && protocol === "http") return refused("needsHttp");
    return (mayBe("tcp") ? this.#byPort(table) : undefined) ?? this.#unrouted();
  }

  #means(host: string): boolean {
    return isKnown(host) && means(hostName(this.#question.host ?? ""), host.toLowerCase(), this.#caller);
  }

  #route(table: PlannedSidecarTable): Decision {
    if (isConnection(this.#question)) return this.#unrouted();
    const incoming = receive(this.#question);
    if ("kind" in incoming) return incoming;
    this.#incoming = incoming;
    const envoyRoute = this.#sidecars.routesOf(table, this.#port).index.first(incoming);
    if (envoyRoute === undefined) return { kind: "notFound", status: 404, reason: "noRoute" };
    if (!envoyRoute.isKnown) return NOT_KNOWN;
    return incoming.isRefusedUpgrade ? REFUSED_UPGRADE : answer(envoyRoute, incoming, this.#finders.targets);
  }

  /** Matches by server name. If a port has routes for some names, connections for others fail. */
  #byServerName(table: PlannedSidecarTable, serverName: string | undefined): Decision | undefined {
    const names = new HostTable<Passed>();
    let isEmpty = true;
    for (const route of table.tls ?? []) {
      for (const [index, { port, sniHosts = [] }] of route.matchers.entries()) {
        if (isDeferred(port) || sniHosts.some(isDeferred)) return NOT_KNOWN;
        if (port !== undefined && port !== this.#port) continue;
        isEmpty = false;
        for (const name of sniHosts)
          if (names.get(name) === undefined) names.set(name, this.#passed(table, route, index));
      }
    }
    return isEmpty ? undefined : (names.find(serverName ?? "") ?? refused("serverName"));
  }

  #byPort(table: PlannedSidecarTable): Decision | undefined {
    for (const route of table.tcp ?? []) {
      if (route.matchers.length === 0) return this.#passed(table, route);
      const index = route.matchers.findIndex(({ port }) => port === undefined || port === this.#port);
      if (index >= 0) return this.#passed(table, route, index);
      if (route.matchers.some(({ port }) => isDeferred(port))) return NOT_KNOWN;
    }
    return undefined;
  }

  #passed(table: PlannedSidecarTable, route: PlannedConnectionRoute, matcher?: number): Passed {
    return passed({ table, route, matcher }, this.#finders.connectionTargets);
  }

  #unrouted(): Decision {
    this.#table = undefined;
    const isKnownHost = this.#sidecars.hosts.knows(this.#host, this.#caller);
    const target = { host: this.#host, port: this.#port, weight: 100 };
    return { kind: "unrouted", targets: isKnownHost ? this.#finders.connectionTargets([target]) : [] };
  }

  /** Explains the decision. */
  trace(decision: Decision): Trace {
    const { host } = this.#question;
    const table = this.#table;
    const name = table?.maker.name;
    return {
      sidecar: this.#caller,
      ...(host !== undefined && { host: { asked: host, ...(table && { chosen: this.#host }) } }),
      tables: name === undefined ? [] : [name],
      routes:
        table && this.#incoming
          ? verdicts(this.#sidecars.routesOf(table, this.#port).envoyRoutes, this.#incoming)
          : decision.kind === "passed"
            ? [{ table: decision.table, route: decision.route, took: true, matchers: [] }]
            : [],
    };
  }
}

function isOf({ namespace, labels }: PlannedSidecarTable["sidecars"], caller: Caller): boolean {
  return namespace === caller.namespace && carries(caller.labels ?? {}, labels);
}

function refused(reason: Refused["reason"]): Refused {
  return { kind: "refused", reason };
}
