/** Parses a config dump of istiod's debug interface. */

/** A message of Envoy's API as JSON. */
export interface Message {
  readonly [field: string]: unknown;
}

/** The configuration that istiod sends to one proxy. */
export interface Dump {
  /** Virtual hosts of all ports, by their first domain. */
  readonly virtualHosts: ReadonlyMap<string, Message>;
  /** Clusters by name, with their endpoints. */
  readonly clusters: ReadonlyMap<string, Message>;
  /** Listeners by name. */
  readonly listeners: ReadonlyMap<string, Message>;
  /** HTTP filters of all listeners, by name. */
  readonly filters: ReadonlyMap<string, Message>;
}

/** Parses a dump that includes endpoints. */
export function readDump(configs: readonly Message[]): Dump {
  const dump = { virtualHosts: new Map(), clusters: new Map(), listeners: new Map(), filters: new Map() };
  const endpoints = new Map<string, unknown>();
  for (const each of configs) {
    for (const route of listIn(each, "dynamicRouteConfigs", "routeConfig"))
      for (const host of messages(route["virtualHosts"]))
        dump.virtualHosts.set(String(texts(host["domains"])[0]), host);
    for (const cluster of listIn(each, "dynamicActiveClusters", "cluster"))
      dump.clusters.set(String(cluster["name"]), cluster);
    for (const assignment of listIn(each, "dynamicEndpointConfigs", "endpointConfig"))
      endpoints.set(String(assignment["clusterName"]), assignment["endpoints"]);
    for (const { activeState: state } of messages(each["dynamicListeners"])) readListener(state, dump);
  }
  for (const [name, cluster] of dump.clusters)
    if (cluster["type"] === "EDS")
      dump.clusters.set(name, {
        ...cluster,
        loadAssignment: { clusterName: name, endpoints: endpoints.get(name) ?? [] },
      });
  return dump;
}

function readListener(
  state: unknown,
  { listeners, filters }: { listeners: Map<string, Message>; filters: Map<string, Message> },
): void {
  const listener = (state as { listener?: Message } | undefined)?.listener;
  if (listener === undefined) return;
  listeners.set(String(listener["name"]), listener);
  for (const chain of messages(listener["filterChains"]))
    for (const { typedConfig: manager } of messages(chain["filters"]))
      for (const filter of messages((manager as Message | undefined)?.["httpFilters"]))
        filters.set(String(filter["name"]), filter);
}

function listIn(message: Message, list: string, field: string): readonly Message[] {
  return messages(message[list]).flatMap((each) => {
    const inside = each[field];
    return typeof inside === "object" && inside !== null ? [inside as Message] : [];
  });
}

/** Returns the messages in a list. */
export function messages(value: unknown): readonly Message[] {
  return Array.isArray(value) ? (value as readonly Message[]) : [];
}

function texts(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
