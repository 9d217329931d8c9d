import { isDeepStrictEqual } from "node:util";
import type { KubeObject } from "../kube/object.js";
import { leavesIn } from "./leaf.js";

/** An object in a stack's state, as far as it is inspected; no field is guaranteed. */
type Noted = Readonly<Record<string, unknown>>;

/** A reference to a host by a route, or by a filter that calls a server. */
export interface Use {
  readonly host: string;
  /** Undefined if the host has only one port. */
  readonly port: number | undefined;
  readonly namespace: string;
  /** The object, as `Kind NAMESPACE/NAME`. */
  readonly by: string;
}

/** Something that an in-place update removes, and the object that uses it until the run updates that too. */
export interface Narrowed {
  readonly what: string;
  readonly by: string;
}

/** Kinds of objects that send requests to hosts. */
const USERS = new Set(["VirtualService", "EnvoyFilter"]);

/** Returns the hosts that objects in a stack's state send requests to. */
export function usesIn(state: Iterable<Noted>): readonly Use[] {
  return [...state].flatMap((each) => {
    const { kind, metadata } = each as { kind?: string; metadata?: { namespace?: string; name?: string } };
    if (kind === undefined || !USERS.has(kind)) return [];
    const { namespace: home = "", name = "" } = metadata ?? {};
    const [scope] = listOf((each["spec"] as Spec | undefined)?.exportTo);
    // routes for the proxies of another namespace are exported only to it
    const namespace = scope === undefined || scope === "." || scope === "*" ? home : scope;
    return hostsIn(each["spec"]).map((use) => ({ ...use, namespace, by: `${kind} ${home}/${name}` }));
  });
}

/** Returns the hosts of destinations, and of the clusters that filters name as `outbound|PORT|SUBSET|HOST`. */
function hostsIn(value: unknown): readonly Pick<Use, "host" | "port">[] {
  if (typeof value === "string") {
    const [, port, host] = /^outbound\|(\d+)\|[^|]*\|(.+)$/.exec(value) ?? [];
    return host === undefined ? [] : [{ host, port: Number(port) }];
  }
  if (typeof value !== "object" || value === null) return [];
  const { host, port } = value as { host?: unknown; port?: { number?: number } };
  const own = typeof host === "string" ? [{ host, port: port?.number }] : [];
  return [...own, ...Object.values(value).flatMap(hostsIn)];
}

/**
 * Finds what an in-place update removes although it is used: the new object is applied before the objects that use the
 * old one are updated, so requests fail in between. docs/changes.md describes how to make such a change in two runs.
 */
export function narrowedBy(before: Noted, after: KubeObject, uses: readonly Use[]): readonly Narrowed[] {
  if (leavesIn(after.spec).size > 0 || typeof before["spec"] !== "object") return [];
  const [old, current] = [before["spec"] as Spec, after.spec as Spec];
  const found: Narrowed[] = [];
  const report = (what: string, isHit: (use: Use) => boolean) => {
    const use = uses.find(isHit);
    if (use !== undefined) found.push({ what, by: use.by });
  };
  const named = new Set([...listOf(old.hosts), ...(old.host === undefined ? [] : [old.host])]);
  const [ports, scope] = [listOf(current.ports).map((each) => each.number), scopeOf(current, after)];
  if (after.kind === "ServiceEntry")
    // the state does not record whether the old number was secret; numbers that are plain in the program are not
    for (const { number } of listOf(old.ports).filter((each) => !ports.includes(each.number)))
      report(
        `a port other than ${ports.join(", ")}`,
        ({ host, port }) => named.has(host) && (port ?? number) === number,
      );
  if (after.kind === "ServiceEntry" || after.kind === "DestinationRule")
    for (const namespace of new Set(uses.map((each) => each.namespace)))
      if (scopeOf(old, after)(namespace) && !scope(namespace))
        report(`its use in namespace ${namespace}`, (use) => named.has(use.host) && use.namespace === namespace);
  if (after.kind === "DestinationRule" && !isDeepStrictEqual(modesIn(old), modesIn(current)))
    report(`the TLS mode of connections`, ({ host }) => named.has(host));
  if (after.kind === "Gateway" && listOf(old.servers).some(isEastWest)) {
    const [was, is] = [eastWestPortsOf(old), eastWestPortsOf(current)];
    report(`a port or host of the east-west gateway`, ({ host }) => was(host).some((port) => !is(host).includes(port)));
  }
  return found;
}

/** The parts of specs that are compared. */
interface Spec {
  readonly host?: string;
  readonly hosts?: readonly string[];
  readonly ports?: readonly { readonly number: number }[];
  readonly exportTo?: readonly string[];
  readonly trafficPolicy?: unknown;
  readonly servers?: readonly Server[];
}

interface Server {
  readonly port?: { readonly number?: number };
  readonly hosts?: readonly string[];
  readonly tls?: { readonly mode?: string };
}

/** Returns a list, or an empty one where the state has something else, such as a secret. */
function listOf<T>(value: readonly T[] | undefined): readonly T[] {
  return Array.isArray(value) ? value : [];
}

/** Returns a predicate for the namespaces that a host is exported to. */
function scopeOf({ exportTo }: Spec, { metadata }: KubeObject): (namespace: string) => boolean {
  const scope = listOf(exportTo);
  return (namespace) =>
    scope.length === 0 ||
    scope.includes("*") ||
    scope.includes(namespace) ||
    (scope.includes(".") && namespace === metadata.namespace);
}

/** Returns the TLS modes of a rule, wherever they are set: for all ports, or for each. */
function modesIn({ trafficPolicy }: Spec): readonly unknown[] {
  const modes = new Set<unknown>();
  JSON.stringify(trafficPolicy ?? {}, (key, item: unknown) => {
    if (key === "tls") modes.add((item as { mode?: unknown } | undefined)?.mode);
    return item;
  });
  return [...modes].sort();
}

/** Returns true if a gateway server admits traffic from other clusters. */
function isEastWest({ tls }: Server): boolean {
  return tls?.mode === "AUTO_PASSTHROUGH";
}

/** Returns the ports through which other clusters reach a host. */
function eastWestPortsOf({ servers }: Spec): (host: string) => readonly (number | undefined)[] {
  const eastWest = listOf(servers).filter(isEastWest);
  return (host) =>
    eastWest.filter(({ hosts }) => listOf(hosts).some((each) => covers(each, host))).map((each) => each.port?.number);
}

function covers(pattern: string, host: string): boolean {
  return pattern.startsWith("*") ? host.endsWith(pattern.slice(1)) : pattern === host;
}
