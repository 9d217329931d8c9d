/** Prepares rendered objects for the rig: bound to loopback, with routes that put their name into every answer. */
import type { KubeObject } from "../../../sdk/nodejs/src/kube/object.js";
import { GATEWAY_NAMESPACE, PROXY_LABELS } from "./world.js";

/**
 * The header with the name of the route, and of its matcher, that took the request: `TABLE/ROUTE.mINDEX`, and for a
 * delegated route `TABLE/ROUTE/TABLE/ROUTE.mINDEX`.
 */
export const ROUTE_HEADER = "x-route";

/** Header of requests for the digest, which access policies allow. */
export const MARKER_HEADER = "x-marker";

/** Host for which every port answers with the digest of Envoy's configuration. */
export const MARKER_HOST = "marker.meshway.test";

interface Named {
  readonly name?: string;
  readonly headers?: { readonly response?: { readonly set?: object } };
}

/** Neither change affects which requests match. */
export function tagged(object: KubeObject): KubeObject {
  if (object.kind === "Gateway") {
    const { servers } = object.spec as unknown as { readonly servers: readonly object[] };
    return withSpec(object, { servers: servers.map((server) => ({ ...server, bind: "127.0.0.1" })) });
  }
  const table = object.metadata.labels["meshway.io/name"] ?? "";
  if (object.kind === "EnvoyFilter") return withRouteNames(object, table);
  if (object.kind !== "VirtualService") return object;
  const { http } = object.spec as unknown as {
    readonly http: readonly (Named & { readonly match?: readonly object[] })[];
  };
  return withSpec(object, {
    http: http.map(({ match, ...route }) => ({
      ...route,
      name: nameIn(table, route.name),
      ...(match && { match: match.map((each, index) => ({ ...each, name: `m${index}` })) }),
      headers: {
        ...route.headers,
        response: {
          ...route.headers?.response,
          set: { ...route.headers?.response?.set, [ROUTE_HEADER]: "%ROUTE_NAME%" },
        },
      },
    })),
  });
}

/** Returns the name of a route; with filters, it may start with the name of its object, as in `TABLE/OBJECT/ROUTE`. */
function nameIn(table: string, route: string | undefined): string {
  return `${table}/${route}`;
}

/** Renames routes and matchers in filters too, which find them by name. */
function withRouteNames(object: KubeObject, table: string): KubeObject {
  const { configPatches } = object.spec as unknown as { readonly configPatches: readonly Patch[] };
  return withSpec(object, {
    configPatches: configPatches.flatMap((patch) => {
      const route = patch.match.routeConfiguration?.vhost.route.name;
      if (route === undefined) return [patch];
      const name = nameIn(table, route);
      return [name, ...Array.from({ length: MOST_MATCHERS }, (_, index) => `${name}.m${index}`)].map((each) => ({
        ...patch,
        match: { ...patch.match, routeConfiguration: { vhost: { route: { name: each } } } },
      }));
    }),
  });
}

/** Maximum number of matchers of a route: its own under the ones of two delegating routes. */
const MOST_MATCHERS = 2 * 2 * 2;

interface Patch {
  readonly match: {
    readonly routeConfiguration?: { readonly vhost: { readonly route: { readonly name: string } } };
  };
}

function withSpec(object: KubeObject, change: object): KubeObject {
  return { ...object, spec: { ...object.spec, ...change } };
}

/** A gateway that listens on all ports, so that none is ever closed, and routes that answer with a text. */
export function markerObjects(ports: readonly number[], text: string): readonly KubeObject[] {
  const metadata = { name: "marker", namespace: GATEWAY_NAMESPACE, labels: {} };
  const apiVersion = "networking.istio.io/v1";
  const servers = ports.map((number) => ({
    port: { number, name: `http-${number}`, protocol: "HTTP" },
    bind: "127.0.0.1",
    hosts: [MARKER_HOST],
  }));
  return [
    { apiVersion, kind: "Gateway", metadata, spec: { selector: PROXY_LABELS, servers } },
    {
      apiVersion,
      kind: "VirtualService",
      metadata,
      spec: {
        exportTo: ["."],
        hosts: [MARKER_HOST],
        gateways: [`${GATEWAY_NAMESPACE}/marker`],
        http: [{ directResponse: { status: 200, body: { string: text } } }],
      },
    },
  ];
}
