/** Gives the ports that cases name a place on this machine. */
import type { ModelArgs } from "../../support/arbitraries/model-args.js";
import { BACKEND_PORTS } from "./world.js";

/** Where each port of the world is bound in this run. */
export type PortMap = ReadonlyMap<number, number>;

type Args = Readonly<Record<string, unknown>>;

/** The arguments with a `targetPort` for every listener, destination port and external port, and with endpoints' ports replaced. */
export function placeArgs(args: ModelArgs, ports: PortMap): ModelArgs {
  const bound = (port: unknown): number => {
    const found = ports.get(Number(port));
    if (found === undefined) throw new Error(`the world has no port ${String(port)}`);
    return found;
  };
  const behind = (port: unknown): number => {
    if (!BACKEND_PORTS.some((each) => each === port)) throw new Error(`no backend has port ${String(port)}`);
    return bound(port);
  };
  const listener = (each: Args): Args => ({ ...each, targetPort: bound(each["targetPort"] ?? each["port"]) });
  const port = (each: Args): Args => ({ ...each, targetPort: behind(each["targetPort"] ?? each["number"]) });
  const endpoint = (each: Args): Args =>
    each["ports"] === undefined ? each : { ...each, ports: mapValues(each["ports"] as Args, behind) };
  return {
    ...args,
    VirtualGateway: mapValues(args.VirtualGateway, (each) => mapLists(each as Args, { listeners: listener })),
    VirtualDestination: mapValues(args.VirtualDestination, (each) => mapLists(each as Args, { ports: port })),
    ExternalService: mapValues(args.ExternalService, (each) =>
      mapLists(each as Args, { ports: port, endpoints: endpoint }),
    ),
  };
}

function mapLists(args: Args, changes: Readonly<Record<string, (item: Args) => Args>>): Args {
  return mapEntries(args, (field, value) => {
    const change = changes[field];
    return change !== undefined && Array.isArray(value) ? value.map((item: Args) => change(item)) : value;
  });
}

function mapValues<T, U>(object: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> {
  return mapEntries(object, (_, value) => change(value));
}

function mapEntries<T, U>(
  object: Readonly<Record<string, T>>,
  change: (key: string, value: T) => U,
): Record<string, U> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(key, value)]));
}
