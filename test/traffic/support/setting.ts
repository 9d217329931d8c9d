/** Data planes for tests: one for each topology, started by the first suite that needs it, ended after the last one; suites leave nothing behind. */
import { newStack, type Stack, succeed } from "../../e2e/support/stack.js";
import { type DataPlane, startDataPlane, type Topology } from "../../lab/data-plane/data-plane.js";
import { makeServerCertificate } from "../../lab/data-plane/istio/certificates.js";
import { applyService, applyTlsSecret, deleteService } from "../../lab/data-plane/istio/objects.js";
import type { Pod, PodSpec } from "../../lab/data-plane/pods.js";
import { missingForDataPlane } from "../../lab/data-plane/requirements.js";
import { startLab } from "../../lab/start-lab.js";

/** Building every part and starting everything takes minutes at the first run on a machine. */
const START_TIMEOUT = 25 * 60_000;

/** Steps of a test wait for conditions, each with a bound of its own. */
export const TEST_TIMEOUT = 5 * 60_000;

const dataPlanes = new Map<Topology, Promise<DataPlane>>();

/** How many suites still need a topology. */
const waiting = new Map<Topology, number>();

/** The run's data plane of this topology. */
function sharedDataPlane(topology: Topology): Promise<DataPlane> {
  const started = dataPlanes.get(topology) ?? startInLab(topology);
  dataPlanes.set(topology, started);
  return started;
}

async function startInLab(topology: Topology): Promise<DataPlane> {
  const lab = await startLab({ clusters: ["east", "west"], log: console.log });
  try {
    return await startDataPlane({ lab, topology, log: console.log });
  } catch (error) {
    await lab.stop();
    throw error;
  }
}

async function stopDataPlane(topology: Topology): Promise<void> {
  const started = dataPlanes.get(topology);
  dataPlanes.delete(topology);
  const dataPlane = await started?.catch(() => undefined);
  await dataPlane?.stop();
  await dataPlane?.lab.stop();
}

/** Stops the data plane of a topology that no other suite needs: idle clusters keep a processor busy, too. */
async function release(topology: Topology): Promise<void> {
  const left = (waiting.get(topology) ?? 1) - 1;
  waiting.set(topology, left);
  if (left === 0) await stopDataPlane(topology);
}

// outside of every suite, for what a run of some of them has left
after(async function () {
  this.timeout(TEST_TIMEOUT);
  for (const topology of [...dataPlanes.keys()]) await stopDataPlane(topology);
});

/** Clusters with traffic, and a Pulumi project to change them. */
export class Setting {
  readonly dataPlane: DataPlane;
  readonly stack: Stack;
  readonly #pods = new Map<string, Pod>();
  readonly #services: (readonly [cluster: string, namespace: string, name: string])[] = [];

  constructor(dataPlane: DataPlane, stack: Stack) {
    this.dataPlane = dataPlane;
    this.stack = stack;
  }

  /** A pod that was started, by cluster and name. */
  pod(cluster: string, name: string): Pod {
    const pod = this.#pods.get(`${cluster}/${name}`);
    if (pod === undefined) throw new Error(`no pod ${name} was started in ${cluster}`);
    return pod;
  }

  /** Starts pods, at once. */
  async startPods(...specs: readonly (readonly [cluster: string, spec: PodSpec])[]): Promise<void> {
    await Promise.all(
      specs.map(async ([cluster, spec]) => {
        this.#pods.set(`${cluster}/${spec.name}`, await this.dataPlane.startPod(cluster, spec));
      }),
    );
  }

  /** Makes a Service over pods with the label `app`. */
  async service(cluster: string, name: string, port: number, targetPort: number, namespace = "shop"): Promise<void> {
    this.#services.push([cluster, namespace, name]);
    await applyService(this.dataPlane.lab.client(cluster), {
      name,
      namespace,
      selector: { app: name },
      ports: [{ name: "http", port, targetPort }],
    });
  }

  /** Makes the certificate that the example's TLS listener names, in every cluster; the lab's root signs it. */
  async certificate(name: string, hosts: readonly string[]): Promise<void> {
    const { dataPlane } = this;
    const made = await makeServerCertificate(dataPlane.root, `${dataPlane.root}-${name}`, hosts);
    for (const cluster of dataPlane.lab.clusters)
      await applyTlsSecret(dataPlane.lab.client(cluster.name), { namespace: "gateways", name }, made);
  }

  /** Replaces the program and applies it. */
  async up(program: string): Promise<void> {
    this.stack.write(program);
    succeed(await this.stack.up());
  }

  /** Takes everything back that a suite made. */
  async close(): Promise<void> {
    succeed(await this.stack.destroy());
    await Promise.all([
      ...[...this.#pods.values()].map((pod) => pod.remove()),
      ...this.#services.map(([cluster, ...place]) => deleteService(this.dataPlane.lab.client(cluster), ...place)),
    ]);
  }
}

/** Declares suites on the data plane of a topology; `prepare` starts their pods. */
export function describeTraffic(
  title: string,
  topology: Topology,
  prepare: (setting: Setting) => Promise<void>,
  suites: (setting: () => Setting) => void,
): void {
  waiting.set(topology, (waiting.get(topology) ?? 0) + 1);
  describe(title, function () {
    this.timeout(TEST_TIMEOUT);
    let setting: Setting | undefined;

    before(async function () {
      this.timeout(START_TIMEOUT);
      const missing = await missingForDataPlane();
      if (missing !== undefined) {
        // what CI skips nobody would miss
        if (process.env["CI"]) throw new Error(`traffic tests must run in CI, but ${missing}`);
        console.log(`    skipped: ${missing}`);
        this.skip();
      }
      const dataPlane = await sharedDataPlane(topology);
      setting = new Setting(dataPlane, await newStack({ lab: dataPlane.lab, program: "" }));
      await prepare(setting);
    });

    after(async () => {
      try {
        await setting?.close();
      } finally {
        await release(topology);
      }
    });

    suites(() => {
      if (setting === undefined) throw new Error("the data plane has not started");
      return setting;
    });
  });
}
