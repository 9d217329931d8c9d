import { BlockList, isIP } from "node:net";
import type { HeaderCondition } from "../model/access-policy.js";
import { isDeferred, type Leaf } from "../model/deferred.js";
import type { PlannedAuthorization, PlannedClient } from "../plan/planned-access.js";
import type { HeaderValues } from "./headers.js";

/** The peer of a request or connection, as the receiving proxy identifies it. */
export interface Sender {
  /** Identity in the peer's mutual TLS certificate: `none` without one, `unknown` if the question leaves it open. */
  readonly identity: Identity | "none" | "unknown";
  /** Source address of the connection; absent if the question leaves it open. */
  readonly address?: string;
}

/** A service account of the mesh; its name is absent if the question leaves it open. */
export interface Identity {
  readonly trustDomain: Leaf<string>;
  readonly namespace: Leaf<string>;
  readonly serviceAccount?: string;
}

/** The parts of a request that rules match on. */
export interface AskedRequest {
  readonly method: string;
  /** Normalized, without the query. */
  readonly path: string;
  readonly headers: HeaderValues;
  /** Reports headers whose values are unknown, such as headers that proxies along the path write. */
  readonly isUnknown: (header: string) => boolean;
}

/** The verdict of an access policy on a request or a connection. Plain JSON. */
export interface AccessVerdict {
  readonly verdict: "allowed" | "refused" | "depends";
  /**
   * Any of these would allow it, each reduced to the conditions not yet met. Only if the verdict depends on something
   * that the question leaves open.
   */
  readonly needs?: readonly PlannedAuthorization[];
}

/** A truth value; undefined if unknown. */
type Maybe = boolean | undefined;

/**
 * Judges by authorizations, one of which must match, as Envoy's RBAC filter does with the output of
 * render/istio/authorization-policy.ts.
 */
export function judgeAccess(
  authorizations: readonly PlannedAuthorization[],
  sender: Sender,
  asked: AskedRequest | undefined,
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

/** Returns the conditions that are not known to hold, or undefined if one is known not to hold. */
function unmet(
  { clients, paths, methods, ipBlocks, remoteIpBlocks, headers }: PlannedAuthorization,
  sender: Sender,
  asked: AskedRequest | undefined,
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
    // no downstream proxy is trusted unless the mesh config, which Meshway does not manage, says so
    [{ remoteIpBlocks: remoteIpBlocks ?? [] }, !remoteIpBlocks || isWithin(remoteIpBlocks, sender.address)],
  ];
  const open = headers.map((header) => ({ header, holds: asked && isHeader(header, asked) }));
  if (found.some(([, holds]) => holds === false) || open.some(({ holds }) => holds === false)) return undefined;
  return Object.assign(
    { headers: open.flatMap(({ header, holds }) => (holds === undefined ? [header] : [])) },
    ...found.flatMap(([part, holds]) => (holds === undefined ? [part] : [])),
  );
}

/** Tokens are verified by RequestAuthentication objects, which Meshway does not manage. */
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

/**
 * Istio: StringMatcher (pilot/pkg/security/authz/matcher). `*` alone matches any non-empty text; at one end, any
 * remainder.
 */
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

function isHeader({ name, values, notValues }: HeaderCondition, { headers, isUnknown }: AskedRequest): Maybe {
  if (isUnknown(name)) return undefined;
  const found = headers.get(name) ?? [];
  const has = (patterns: readonly string[]): Maybe => any(found.map((each) => fitsHeader(patterns, each)));
  const wanted = values === undefined || has(values);
  const unwanted = notValues !== undefined && has(notValues);
  if (wanted === false || unwanted === true) return false;
  return wanted === undefined || unwanted === undefined ? undefined : true;
}

/** For headers, `*` alone only requires presence, even with an empty value (Istio: HeaderMatcher). */
function fitsHeader(patterns: readonly string[], value: string): Maybe {
  return patterns.includes("*") ? true : fitsAny(patterns, value);
}

function any(all: readonly Maybe[]): Maybe {
  if (all.includes(true)) return true;
  return all.includes(undefined) ? undefined : false;
}

/** The verdict of a gateway's access policy on a request or a connection. Plain JSON. */
export interface ListenerVerdict extends AccessVerdict {
  readonly gateway: string;
}
