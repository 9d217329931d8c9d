/** The one lab of all tests that run the real Pulumi CLI, started by the first that asks. */
import { Cluster } from "./cluster.js";
import { stopLeftOvers } from "./run-pulumi.js";

export type Lab = import("../../lab/start-lab.js", { with: { "resolution-mode": "import" }}).Lab;

/** The first run on a machine builds the lab's parts. */
export const BUILD_TIMEOUT = 20 * 60_000;

/** One CLI run takes seconds; on a busy machine, many. */
export const TEST_TIMEOUT = 6 * 60_000;

const NAMESPACES = ["istio-system", "gateways", "shop"];

/** A lab and its clusters, in which nobody has made an object yet, or everybody has removed theirs. */
export interface Setting {
  readonly lab: Lab;
  readonly east: Cluster;
  readonly west: Cluster;
  readonly north: Cluster;
}

let setting: Promise<Setting> | undefined;

/** The lab, with clusters east, west and north, the namespaces of the example in them, and no object of Meshway. */
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

// outside of every suite, so that it runs when all of them are done
after(async function () {
  this.timeout(TEST_TIMEOUT);
  stopLeftOvers();
  const running = await setting?.catch(() => undefined);
  setting = undefined;
  await running?.lab.stop();
});
