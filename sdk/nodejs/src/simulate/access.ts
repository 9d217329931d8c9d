import { BlockList, isIP } from "node:net";
import type { HeaderCondition } from "../model/access-policy.js";
import { isDeferred, type Leaf } from "../model/deferred.js";
import type { PlannedAuthorization, PlannedClient } from "../plan/planned-access.js";
import type { HeaderValues } from "./headers.js";

/** Who sends something, as the proxy that takes it sees him. */
export interface Sender {
  /** What the certificate of mutual TLS shows: `none` where there is none, `unknown` where the question does not tell. */
  readonly identity: Identity | "none" | "unknown";
  /** Address from which the connection comes; absent where the question does not tell. */
  readonly address?: string;
}

/** A service account of the mesh; its name is absent where the question does not tell. */
export interface Identity {
  readonly trustDomain: Leaf<string>;
  readonly namespace: Leaf<string>;
  readonly serviceAccount?: string;
}

/** What rules look at in a request. */
export interface Asked {
  readonly method: string;
  /** Normalised, without the query. */
  readonly path: string;
  readonly headers: HeaderValues;
  /** Headers whose values are not known, such as those that a proxy on the way writes. */
  readonly isUnknown: (header: string) => boolean;
}

/** Whether someone lets a request or a connection in. Plain JSON. */
export interface AccessVerdict {
  readonly verdict: "allowed" | "refused" | "depends";
  /** What would let it in, any of these, less what holds already; only where it depends on what the question does not tell. */
  readonly needs?: readonly PlannedAuthorization[];
}

/** Whether something holds; undefined where it is not known. */
type Maybe = boolean | undefined;

/** Judges by authorizations, one of which must fit, as Envoy's RBAC filter does with what render/istio/authorization-policy.ts makes of them. */
export function judgeAccess(
  authorizations: readonly PlannedAuthorization[],
  sender: Sender,
  asked: Asked | undefined,
): AccessVerdict {
  if (authorizations.length === 0) return { verdict: "allowed" };
  const needs: PlannedAuthorization[] = [];
  for (const authorization of authorizations) {
    const rest = unmet(authorization, sender, asked);
    if (rest === undefined) continue;
    if (Object.keys(rest).length === 1 && rest.headers.length === 0) return { verdict: "allowed" };
    needs.push(rest);
  }
  return needs.length === 0 ? { verdict: "refused" } : { verdict: "depends", needs };
}

/** The conditions that are not known to hold; undefined where one is known not to. */
function unmet(
  { clients, paths, methods, ipBlocks, remoteIpBlocks, headers }: PlannedAuthorization,
  sender: Sender,
  asked: Asked | undefined,
): PlannedAuthorization | undefined {
  const fitting = clients?.map((client) => ({ client, fits: isClient(client, sender) }));
  const found: readonly (readonly [Partial<PlannedAuthorization>, Maybe])[] = [
    [
      { clients: fitting?.flatMap(({ client, fits }) => (fits === false ? [] : [client])) ?? [] },
      fitting === undefined || any(fitting.map(({ fits }) => fits)),
    ],
    [{ paths: paths ?? [] }, !paths || (asked && fitsAny(paths, asked.path))],
    [{ methods: methods ?? [] }, !methods || (asked && fitsAny(methods, asked.method))],
    [{ ipBlocks: ipBlocks ?? [] }, !ipBlocks || isWithin(ipBlocks, sender.address)],
    // no proxy in front is trusted unless the mesh's own settings say so, which are not Meshway's
    [{ remoteIpBlocks: remoteIpBlocks ?? [] }, !remoteIpBlocks || isWithin(remoteIpBlocks, sender.address)],
  ];
  const open = headers.map((header) => ({ header, holds: asked && isHeader(header, asked) }));
  if (found.some(([, holds]) => holds === false) || open.some(({ holds }) => holds === false)) return undefined;
  return Object.assign(
    { headers: open.flatMap(({ header, holds }) => (holds === undefined ? [header] : [])) },
    ...found.flatMap(([part, holds]) => (holds === undefined ? [part] : [])),
  );
}

/** Tokens are judged by objects that are not Meshway's. */
function isClient({ principals, requestPrincipals, notRequestPrincipals }: PlannedClient, sender: Sender): Maybe {
  const isOne = principals === undefined || isPrincipal(principals, sender);
  if (isOne === false) return false;
  return requestPrincipals === undefined && notRequestPrincipals === undefined ? isOne : undefined;
}

function isPrincipal(principals: readonly string[], { identity }: Sender): Maybe {
  if (identity === "none") return false;
  if (identity === "unknown") return undefined;
  const { trustDomain, namespace, serviceAccount } = identity;
  if (trustDomain === "") return false;
  if (isDeferred(trustDomain) || isDeferred(namespace) || principals.some(isDeferred)) return undefined;
  const stem = `${trustDomain}/ns/${namespace}/sa/`;
  return any(principals.map((pattern) => fitsIdentity(pattern, stem, serviceAccount)));
}

function fitsIdentity(pattern: string, stem: string, serviceAccount: string | undefined): Maybe {
  if (serviceAccount !== undefined) return fitsPattern(pattern, stem + serviceAccount);
  if (pattern.endsWith("*") && stem.startsWith(pattern.slice(0, -1))) return true;
  return pattern.startsWith(stem) ? undefined : false;
}

function fitsAny(patterns: readonly string[], text: string): Maybe {
  return any(patterns.map((pattern) => (isDeferred(pattern) ? undefined : fitsPattern(pattern, text))));
}

/** Istio: StringMatcher (pilot/pkg/security/authz/matcher): `*` alone stands for any text but an empty one, at one end for the rest. */
function fitsPattern(pattern: string, text: string): boolean {
  if (pattern === "*") return text !== "";
  if (pattern.startsWith("*")) return text.endsWith(pattern.slice(1));
  return pattern.endsWith("*") ? text.startsWith(pattern.slice(0, -1)) : text === pattern;
}

function isWithin(blocks: readonly string[], address: string | undefined): Maybe {
  if (address === undefined) return undefined;
  if (blocks.some(isDeferred)) return undefined;
  const list = new BlockList();
  for (const block of blocks) {
    const [base = "", bits] = block.split("/");
    const family = familyOf(base);
    list.addSubnet(base, Number(bits ?? (family === "ipv6" ? 128 : 32)), family);
  }
  return list.check(address, familyOf(address));
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIP(address) === 6 ? "ipv6" : "ipv4";
}

function isHeader({ name, values, notValues }: HeaderCondition, { headers, isUnknown }: Asked): Maybe {
  if (isUnknown(name)) return undefined;
  const found = headers.get(name) ?? [];
  const has = (patterns: readonly string[]): Maybe => any(found.map((each) => fitsHeader(patterns, each)));
  const wanted = values === undefined || has(values);
  const unwanted = notValues !== undefined && has(notValues);
  if (wanted === false || unwanted === true) return false;
  return wanted === undefined || unwanted === undefined ? undefined : true;
}

/** Of a header `*` alone asks that it is there, also without a value (Istio: HeaderMatcher). */
function fitsHeader(patterns: readonly string[], value: string): Maybe {
  return patterns.includes("*") ? true : fitsAny(patterns, value);
}

function any(all: readonly Maybe[]): Maybe {
  if (all.includes(true)) return true;
  return all.includes(undefined) ? undefined : false;
}

/** What the access policy of a gateway says of a request or a connection. Plain JSON. */
export interface ListenerVerdict extends AccessVerdict {
  readonly gateway: string;
}
