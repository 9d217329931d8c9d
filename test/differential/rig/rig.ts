/** A real istiod and a real Envoy that run one set of arguments after the other, and the simulator beside them. */
import { createHash } from "node:crypto";
import { compile } from "../../../sdk/nodejs/src/compile.js";
import type { KubeObject } from "../../../sdk/nodejs/src/kube/object.js";
import type { Plan } from "../../../sdk/nodejs/src/plan/types.js";
import type { Target } from "../../../sdk/nodejs/src/simulate/decision.js";
import { Simulator } from "../../../sdk/nodejs/src/simulate/simulator.js";
import { TargetResolver } from "../../../sdk/nodejs/src/simulate/targets.js";
import { modelFrom } from "../../support/arbitraries/model.js";
import type { ModelArgs } from "../../support/arbitraries/model-args.js";
import { sendAll } from "../wire/client.js";
import { type EchoServers, startEchoServers } from "../wire/echo-server.js";
import { addressesOf, envoyClusterOf } from "./backends.js";
import { type PortMap, placeArgs } from "./place.js";
import { MARKER_HEADER, MARKER_HOST, markerObjects, tagged } from "./tagged-objects.js";
import * as world from "./world.js";

type LoopbackProxy = import("../../lab/loopback-proxy/start-loopback-proxy.js", { with: {
  "resolution-mode": "import",
}}).LoopbackProxy;
type IstioObjects = import("../../lab/loopback-proxy/istio-objects.js", { with: {
  "resolution-mode": "import",
}}).IstioObjects;

/** Arguments that Envoy runs. */
export interface Loaded {
  readonly simulator: Simulator;
  /** Why Envoy does not run all of it. */
  readonly problem?: string;
}

export interface RigOptions {
  /** Takes lines of progress. Default: none. */
  readonly log?: (line: string) => void;
}

/** How long Envoy may take where it has refused nothing, and where it has. */
const PATIENCE_MS = { usual: 20_000, refused: 4_000 };

export class Rig {
  #objects: readonly KubeObject[] = [];

  private constructor(
    private readonly proxy: LoopbackProxy,
    private readonly istio: IstioObjects,
    private readonly echoes: EchoServers,
    readonly ports: PortMap,
  ) {}

  static async start({ log }: RigOptions = {}): Promise<Rig> {
    const { startLoopbackProxy } = await import("../../lab/loopback-proxy/start-loopback-proxy.js");
    const { IstioObjects } = await import("../../lab/loopback-proxy/istio-objects.js");
    const { registerPod } = await import("../../lab/loopback-proxy/pods.js");
    const { freePort } = await import("../../lab/processes/free-port.js");
    const ports = new Map<number, number>();
    for (const port of [...world.GATEWAY_PORTS, ...world.BACKEND_PORTS]) ports.set(port, await freePort());
    const addresses = [...world.PODS.map(({ ip }) => ip), ...world.OUTSIDE];
    const echoes = await startEchoServers(
      addresses,
      world.BACKEND_PORTS.map((port) => ports.get(port) ?? 0),
    );
    try {
      const proxy = await startLoopbackProxy({
        cluster: world.CLUSTER,
        namespace: world.GATEWAY_NAMESPACE,
        labels: world.PROXY_LABELS,
        namespaces: [world.POD_NAMESPACE],
        ...(log && { log }),
      });
      const namespace = world.POD_NAMESPACE;
      await Promise.all(world.PODS.map((pod) => registerPod(proxy.client, { ...pod, namespace })));
      return new Rig(proxy, new IstioObjects(proxy.client, proxy.istiod.debugPort), echoes, ports);
    } catch (error) {
      echoes.close();
      throw error;
    }
  }

  async stop(): Promise<void> {
    this.echoes.close();
    await this.proxy.stop();
  }

  /** What arguments become here: no check may find an error in them. */
  compile(args: ModelArgs): { readonly plan: Plan; readonly objects: readonly KubeObject[] } | undefined {
    const { plan, objects, diagnostics } = compile(modelFrom(placeArgs(args, this.ports)));
    if (diagnostics.some(({ severity }) => severity === "error")) return undefined;
    return { plan, objects: objects.map(({ object }) => tagged(object)) };
  }

  /** Makes Envoy run these arguments and nothing else, and waits until it does. */
  async load(args: ModelArgs): Promise<Loaded> {
    const compiled = this.compile(args);
    if (compiled === undefined) throw new Error("a check finds errors in these arguments");
    const { plan, objects } = compiled;
    const text = createHash("sha256").update(JSON.stringify(objects)).digest("hex");
    const bound = world.GATEWAY_PORTS.map((port) => this.#bound(port));
    const [gateway, routes] = markerObjects(bound, text);
    const marker = [gateway, routes].filter((each) => each !== undefined);
    const earlier = this.#objects.filter(
      ({ kind, metadata }) => kind === "VirtualService" && metadata.name === "marker",
    );
    await this.istio.set([...objects, ...(gateway ? [gateway] : []), ...earlier]);
    await this.istio.waitForIstiod();
    // what Envoy gets together with this has all the rest in it
    this.#objects = [...objects, ...marker];
    await this.istio.set(this.#objects);
    const simulator = new Simulator(plan);
    const problem =
      (await this.#waitForMarker(bound, text)) ?? (await this.#waitForEndpoints(plan)) ?? (await this.#refusals());
    return { simulator, ...(problem !== undefined && { problem }) };
  }

  #bound(port: number): number {
    return this.ports.get(port) ?? 0;
  }

  async #waitForMarker(ports: readonly number[], text: string): Promise<string | undefined> {
    const bytes = Buffer.from(
      `GET / HTTP/1.1\r\nHost: ${MARKER_HOST}\r\n${MARKER_HEADER}: 1\r\nConnection: close\r\n\r\n`,
    );
    const requests = ports.map((port) => ({ port, bytes, isHead: false, isLast: true }));
    return this.#wait("its routes", async () => {
      const answers = await sendAll(requests).catch(() => []);
      return answers.length > 0 && answers.every((each) => each?.body.toString() === text);
    });
  }

  async #waitForEndpoints(plan: Plan): Promise<string | undefined> {
    const { readEndpoints } = await import("../../lab/loopback-proxy/envoy-state.js");
    const wanted = new Map(targetsIn(plan).map((target) => [envoyClusterOf(target), [...addressesOf(target)].sort()]));
    let wrong: readonly string[] = [];
    const problem = await this.#wait("its endpoints", async () => {
      const found = await readEndpoints(this.proxy.adminPort);
      wrong = [...wanted]
        .filter(([name, addresses]) => found.get(name)?.join() !== addresses.join())
        .map(([name, addresses]) => `${name} has [${found.get(name)}], expected [${addresses}]`);
      return wrong.length === 0;
    });
    return problem && `${problem}: ${wrong.join("; ")}`;
  }

  /** Waits for a condition; returns what is wrong where it does not come. */
  async #wait(what: string, condition: () => Promise<boolean>): Promise<string | undefined> {
    const { poll } = await import("../../lab/processes/poll.js");
    if (await poll(condition, { timeoutMs: PATIENCE_MS.refused, everyMs: 20 })) return undefined;
    let found = await this.#refusals();
    let isMet = false;
    await poll(
      async () => {
        isMet = await condition();
        found = await this.#refusals();
        return isMet || found !== undefined;
      },
      { timeoutMs: PATIENCE_MS.usual },
    );
    if (isMet) return undefined;
    return found ?? `Envoy does not get ${what}`;
  }

  /** What Envoy refuses: it goes on with listeners that it had before, and so without filters that their routes count on. */
  async #refusals(): Promise<string | undefined> {
    const { readRefusals } = await import("../../lab/loopback-proxy/envoy-state.js");
    const found = await readRefusals(this.proxy.adminPort);
    return found.length > 0 ? `Envoy refuses its configuration: ${found.join("; ")}` : undefined;
  }
}

/** Every target of every route, each once. */
function targetsIn({ clusters }: Plan): readonly Target[] {
  return clusters.flatMap((cluster) => {
    const resolver = new TargetResolver(cluster, undefined);
    return cluster.routeTables.flatMap(({ routes }) =>
      routes.flatMap(({ action }) => (action.kind === "forward" ? resolver.targetsOf(action, "") : [])),
    );
  });
}
