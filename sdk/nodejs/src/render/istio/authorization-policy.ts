/** Maps planned access to `AuthorizationPolicy` of security.istio.io/v1. */
import type { Json, KubeObject, Maker } from "../../kube/object.js";
import { derive } from "../../model/deferred.js";
import { subsetKey } from "../../model/labels.js";
import type { PlannedAccess, PlannedAuthorization, PlannedClient } from "../../plan/planned-access.js";
import type { Labels } from "../../plan/planned-target.js";
import { istioObject } from "./object.js";

/**
 * Refuses the requests that no authorization allows.
 *
 * Uses `DENY`, because a single `ALLOW` object would refuse everything it does not name, other ports of the pods
 * included, and would allow what an object for their other callers refuses. `DENY` objects never undo each other: each
 * refuses its own requests.
 */
export function renderAuthorizationPolicies(maker: Maker, access: PlannedAccess, part: string): KubeObject[] {
  const { allowed, watched } = access;
  return [
    ...objectsFor(maker, access, allowed, { part }),
    ...objectsFor(maker, access, watched, { part: `${part}-dry-run`, annotations: { "istio.io/dry-run": "true" } }),
  ];
}

function objectsFor(
  maker: Maker,
  { namespace, proxies, ports }: PlannedAccess,
  authorizations: readonly PlannedAuthorization[],
  { part, annotations }: { readonly part: string; readonly annotations?: Readonly<Record<string, string>> },
): KubeObject[] {
  if (authorizations.length === 0) return [];
  const onPorts = ports.map((port) => derive([port], () => String(port)));
  const rules = renderRefusal(authorizations, onPorts);
  return perProxies(proxies, part).map(({ labels, part }) =>
    istioObject(
      "AuthorizationPolicy",
      maker,
      { namespace, part, ...(annotations && { annotations }) },
      { selector: { matchLabels: labels }, action: "DENY", rules },
    ),
  );
}

/** Returns a part for each selector: one object each, named by selector if there are several. */
export function perProxies(proxies: readonly Labels[], part: string): { labels: Labels; part: string[] }[] {
  return proxies.map((labels) => ({ labels, part: proxies.length === 1 ? [part] : [part, subsetKey(labels)] }));
}

/** Returns the rules for requests that fit none of the authorizations; on every port unless some are given. */
export function renderRefusal(authorizations: readonly PlannedAuthorization[], ports?: readonly string[]): Json[] {
  return refusals(authorizations).map((refusal) => renderRule(refusal, ports));
}

/** A property of a request that keeps it from matching an authorization. */
type Obstacle =
  | {
      readonly field:
        | "notPrincipals"
        | "notRequestPrincipals"
        | "notIpBlocks"
        | "notRemoteIpBlocks"
        | "notPaths"
        | "notMethods";
      readonly values: readonly string[];
    }
  | {
      readonly field: "when";
      readonly key: string;
      readonly values?: readonly string[];
      readonly notValues?: readonly string[];
    };

/** Obstacles that apply to a request at the same time. */
type Refusal = readonly Obstacle[];

/** Returns the requests that match no authorization: the ones with an obstacle to each of them. */
function refusals(authorizations: readonly PlannedAuthorization[]): readonly Refusal[] {
  return product(authorizations.map(obstaclesOf));
}

/** Returns the Cartesian product of lists. */
function product(lists: readonly (readonly Refusal[])[]): readonly Refusal[] {
  return lists.reduce<readonly Refusal[]>(
    (ways, list) => ways.flatMap((way) => list.map((more) => [...way, ...more])),
    [[]],
  );
}

/** Returns the ways in which a request can fail to match an authorization. */
function obstaclesOf(authorization: PlannedAuthorization): readonly Refusal[] {
  const { clients, paths, methods, ipBlocks, remoteIpBlocks, headers } = authorization;
  return [
    ...(clients ? clientMismatches(clients) : []),
    ...(paths ? [[{ field: "notPaths", values: paths } as const]] : []),
    ...(methods ? [[{ field: "notMethods", values: methods } as const]] : []),
    ...(ipBlocks ? [[{ field: "notIpBlocks", values: ipBlocks } as const]] : []),
    ...(remoteIpBlocks ? [[{ field: "notRemoteIpBlocks", values: remoteIpBlocks } as const]] : []),
    ...headers.flatMap(({ name, values, notValues }) => {
      const key = `request.headers[${name}]`;
      return [
        ...(values ? [[{ field: "when", key, notValues: values } as const]] : []),
        ...(notValues ? [[{ field: "when", key, values: notValues } as const]] : []),
      ];
    }),
  ];
}

/** Returns the ways in which a request can come from none of the clients. */
function clientMismatches(clients: readonly PlannedClient[]): readonly Refusal[] {
  return product(
    clients.map(({ principals, requestPrincipals, notRequestPrincipals }) => [
      ...(principals ? [[{ field: "notPrincipals", values: principals } as const]] : []),
      ...(requestPrincipals ? [[{ field: "notRequestPrincipals", values: requestPrincipals } as const]] : []),
      ...(notRequestPrincipals
        ? [[{ field: "when", key: "request.auth.principal", values: notRequestPrincipals } as const]]
        : []),
    ]),
  );
}

const OF_SOURCE = ["notPrincipals", "notRequestPrincipals", "notIpBlocks", "notRemoteIpBlocks"] as const;
const OF_OPERATION = ["notPaths", "notMethods"] as const;

function renderRule(refusal: Refusal, ports: readonly string[] | undefined): Json {
  const operation = { ...(ports && { ports }), ...fieldsOf(refusal, OF_OPERATION) };
  const source = fieldsOf(refusal, OF_SOURCE);
  const when = refusal.flatMap((each): Json[] => {
    if (each.field !== "when") return [];
    const { key, values, notValues } = each;
    return [{ key, ...(values && { values }), ...(notValues && { notValues }) }];
  });
  return {
    ...(Object.keys(source).length > 0 && { from: [{ source }] }),
    ...(Object.keys(operation).length > 0 && { to: [{ operation }] }),
    ...(when.length > 0 && { when }),
  };
}

/** Merges negated lists of one field, none of which may match, into one list. */
function fieldsOf(refusal: Refusal, names: readonly Obstacle["field"][]): Record<string, readonly string[]> {
  const lists = names.map(
    (name) =>
      [name, [...new Set(refusal.flatMap((each) => (each.field === name ? (each.values ?? []) : [])))]] as const,
  );
  return Object.fromEntries(lists.filter(([, values]) => values.length > 0));
}
