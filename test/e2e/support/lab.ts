/** The lab that all tests with the real Pulumi CLI share, started by the first test that needs it. */
import { Cluster } from "./cluster.js";
import { stopLeftOvers } from "./run-pulumi.js";

export type Lab = import("../../lab/start-lab.js", { with: { "resolution-mode": "import" }}).Lab;

/** The first run on a machine builds the lab. */
export const BUILD_TIMEOUT = 20 * 60_000;

/** One CLI run takes seconds; on a busy machine, many seconds. */
export const TEST_TIMEOUT = 6 * 60_000;

const NAMESPACES = ["istio-system", "gateways", "shop"];

/** A lab and its clusters without objects from other tests. */
export interface Setting {
  readonly lab: Lab;
  readonly east: Cluster;
  readonly west: Cluster;
  readonly north: Cluster;
}

let setting: Promise<Setting> | undefined;

/** Returns the lab with clusters east, west and north and the example's namespaces, without Meshway objects. */
export async function cleanLab(): Promise<Setting> {
  setting ??= start();
  const { east, west, north } = await setting;
  await Promise.all([east, west, north].map((cluster) => cluster.wipe()));
  return setting;
}

async function start(): Promise<Setting> {
  const { startLab } = await import("../../lab/start-lab.js");
  const { ensureNamespaces } = await import("../../lab/cluster/managed-objects.js");
  const lab = await startLab({ clusters: ["east", "west", "north"] });
  await Promise.all(lab.clusters.map(({ name }) => ensureNamespaces(lab.client(name), NAMESPACES)));
  const cluster = (name: string) => new Cluster(lab.client(name));
  return { lab, east: cluster("east"), west: cluster("west"), north: cluster("north") };
}

// outside every suite, so that it runs after all of them
after(async function () {
  this.timeout(TEST_TIMEOUT);
  stopLeftOvers();
  const running = await setting?.catch(() => undefined);
  setting = undefined;
  await running?.lab.stop();
});
