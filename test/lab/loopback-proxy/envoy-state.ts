/** Envoy's state from its admin interface. */
import { getJson } from "./get-json.js";

interface Clusters {
  readonly cluster_statuses?: readonly {
    readonly name: string;
    readonly host_statuses?: readonly {
      readonly address?: { readonly socket_address?: { readonly address: string; readonly port_value: number } };
    }[];
  }[];
}

/** Returns the endpoints of each Envoy cluster as sorted `ADDRESS:PORT`, by the cluster's name in lower case. */
export async function readEndpoints(adminPort: number): Promise<ReadonlyMap<string, readonly string[]>> {
  const { cluster_statuses = [] } = await getJson<Clusters>(`http://127.0.0.1:${adminPort}/clusters?format=json`);
  return new Map(
    cluster_statuses.map(({ name, host_statuses = [] }) => {
      const addresses = host_statuses.map(({ address }) => address?.socket_address);
      return [name.toLowerCase(), addresses.map((each) => `${each?.address}:${each?.port_value}`).sort()];
    }),
  );
}

/** Returns Envoy's reasons for rejecting its latest configuration; empty if it accepted all of it. */
export async function readRefusals(adminPort: number): Promise<readonly string[]> {
  const dump = await getJson<unknown>(`http://127.0.0.1:${adminPort}/config_dump`);
  const found: string[] = [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const each of value) walk(each);
    else if (typeof value === "object" && value !== null) {
      for (const [key, each] of Object.entries(value)) {
        if (key === "error_state") found.push(detailsIn(each));
        else walk(each);
      }
    }
  };
  walk(dump);
  return found;
}

function detailsIn(state: unknown): string {
  return typeof state === "object" && state !== null && "details" in state ? String(state.details) : String(state);
}
