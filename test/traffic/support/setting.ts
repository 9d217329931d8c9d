/** A data plane for one file of tests: started by its first test, ended after its last, skipped where the machine can't have one. */
import { newStack, type Stack, succeed } from "../../e2e/support/stack.js";
import { type DataPlane, startDataPlane, type Topology } from "../../lab/data-plane/data-plane.js";
import { makeServerCertificate } from "../../lab/data-plane/istio/certificates.js";
import { applyService, applyTlsSecret } from "../../lab/data-plane/istio/objects.js";
import type { Pod, PodSpec } from "../../lab/data-plane/pods.js";
import { missingForDataPlane } from "../../lab/data-plane/requirements.js";
import { startLab } from "../../lab/start-lab.js";

/** Building every part and starting everything takes minutes at the first run on a machine. */
const START_TIMEOUT = 25 * 60_000;

/** Steps of a test wait for conditions, each with a bound of its own. */
export const TEST_TIMEOUT = 5 * 60_000;

/** Clusters with traffic, and a Pulumi project to change them. */
export class Setting {
  readonly dataPlane: DataPlane;
  readonly stack: Stack;
  readonly #pods = new Map<string, Pod>();

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
  async service(cluster: string, name: string, port: number, targetPort: number): Promise<void> {
    await applyService(this.dataPlane.lab.client(cluster), {
      name,
      namespace: "shop",
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
}

/** Declares suites that share a data plane; `prepare` starts its pods. */
export function describeTraffic(
  title: string,
  topology: Topology,
  prepare: (setting: Setting) => Promise<void>,
  suites: (setting: () => Setting) => void,
): void {
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
      const lab = await startLab({ clusters: ["east", "west"], log: console.log });
      try {
        const dataPlane = await startDataPlane({ lab, topology, log: console.log });
        setting = new Setting(dataPlane, await newStack({ lab, program: "" }));
      } catch (error) {
        await lab.stop();
        throw error;
      }
      await prepare(setting);
    });

    after(async () => {
      await setting?.dataPlane.stop();
      await setting?.dataPlane.lab.stop();
    });

    suites(() => {
      if (setting === undefined) throw new Error("the data plane has not started");
      return setting;
    });
  });
}
