import { isDeepStrictEqual } from "node:util";
import type { KubeObject } from "../kube/object.js";
import { leavesIn } from "./leaf.js";

/** What the state of a stack has of an object, as far as it is looked at; nothing of it is sure. */
type Noted = Readonly<Record<string, unknown>>;

/** A route, or a filter that asks a server, which sends requests to a host. */
export interface Use {
  readonly host: string;
  /** Undefined where the host has only one port. */
  readonly port: number | undefined;
  readonly namespace: string;
  /** The object, as `Kind NAMESPACE/NAME`. */
  readonly by: string;
}

/** Something that a run takes away in place, and what uses it until the run has changed that as well. */
export interface Narrowed {
  readonly what: string;
  readonly by: string;
}

/** Kinds of objects that send requests to hosts. */
const USERS = new Set(["VirtualService", "EnvoyFilter"]);

/** What the objects of a stack's state send requests to. */
export function usesIn(state: Iterable<Noted>): readonly Use[] {
  return [...state].flatMap((each) => {
    const { kind, metadata } = each as { kind?: string; metadata?: { namespace?: string; name?: string } };
    if (kind === undefined || !USERS.has(kind)) return [];
    const { namespace: home = "", name = "" } = metadata ?? {};
    const [scope] = listOf((each["spec"] as Spec | undefined)?.exportTo);
    // routes for the proxies of another namespace are exported to that alone
    const namespace = scope === undefined || scope === "." || scope === "*" ? home : scope;
    return hostsIn(each["spec"]).map((use) => ({ ...use, namespace, by: `${kind} ${home}/${name}` }));
  });
}

/** The hosts of destinations, and of the clusters that filters name as `outbound|PORT|SUBSET|HOST`. */
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
 * Finds what an update in place takes away although it is used: the new form of the object is applied before what uses the old one, so that requests
 * fail in between. docs/changes.md says how to make such a change in two runs.
 */
export function narrowedBy(before: Noted, after: KubeObject, uses: readonly Use[]): readonly Narrowed[] {
  if (leavesIn(after.spec).size > 0 || typeof before["spec"] !== "object") return [];
  const [old, current] = [before["spec"] as Spec, after.spec as Spec];
  const found: Narrowed[] = [];
  const tell = (what: string, isHit: (use: Use) => boolean) => {
    const use = uses.find(isHit);
    if (use !== undefined) found.push({ what, by: use.by });
  };
  const named = new Set([...listOf(old.hosts), ...(old.host === undefined ? [] : [old.host])]);
  const [ports, scope] = [listOf(current.ports).map((each) => each.number), scopeOf(current, after)];
  if (after.kind === "ServiceEntry")
    // the state doesn't say whether the old number was a secret; what the program says plainly is none
    for (const { number } of listOf(old.ports).filter((each) => !ports.includes(each.number)))
      tell(`a port other than ${ports.join(", ")}`, ({ host, port }) => named.has(host) && (port ?? number) === number);
  if (after.kind === "ServiceEntry" || after.kind === "DestinationRule")
    for (const namespace of new Set(uses.map((each) => each.namespace)))
      if (scopeOf(old, after)(namespace) && !scope(namespace))
        tell(`its use in namespace ${namespace}`, (use) => named.has(use.host) && use.namespace === namespace);
  if (after.kind === "DestinationRule" && !isDeepStrictEqual(modesIn(old), modesIn(current)))
    tell(`the TLS mode of connections`, ({ host }) => named.has(host));
  if (after.kind === "Gateway" && listOf(old.servers).some(isCrossing)) {
    const [was, is] = [crossingsOf(old), crossingsOf(current)];
    tell(`a port or host of the east-west gateway`, ({ host }) => was(host).some((way) => !is(host).includes(way)));
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

/** A list, or none where the state has something else, such as a secret. */
function listOf<T>(value: readonly T[] | undefined): readonly T[] {
  return Array.isArray(value) ? value : [];
}

/** In which namespaces a host may be used. */
function scopeOf({ exportTo }: Spec, { metadata }: KubeObject): (namespace: string) => boolean {
  const scope = listOf(exportTo);
  return (namespace) =>
    scope.length === 0 ||
    scope.includes("*") ||
    scope.includes(namespace) ||
    (scope.includes(".") && namespace === metadata.namespace);
}

/** The modes of TLS of a rule, wherever they stand in it: for all ports, or for each. */
function modesIn({ trafficPolicy }: Spec): readonly unknown[] {
  const modes = new Set<unknown>();
  JSON.stringify(trafficPolicy ?? {}, (key, item: unknown) => {
    if (key === "tls") modes.add((item as { mode?: unknown } | undefined)?.mode);
    return item;
  });
  return [...modes].sort();
}

/** Whether a server of a gateway lets other clusters in. */
function isCrossing({ tls }: Server): boolean {
  return tls?.mode === "AUTO_PASSTHROUGH";
}

/** The ports by which other clusters reach a host. */
function crossingsOf({ servers }: Spec): (host: string) => readonly (number | undefined)[] {
  const crossings = listOf(servers).filter(isCrossing);
  return (host) =>
    crossings.filter(({ hosts }) => listOf(hosts).some((each) => covers(each, host))).map((each) => each.port?.number);
}

function covers(pattern: string, host: string): boolean {
  return pattern.startsWith("*") ? host.endsWith(pattern.slice(1)) : pattern === host;
}
