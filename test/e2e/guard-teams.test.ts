/**
 * What Meshway renders for each team of a fleet is accepted from that team where the guard says so, in each cluster.
 */
import assert from "node:assert/strict";
import type { RenderedObject } from "../../sdk/nodejs/src/kube/object.js";
import { isGuardObject } from "../../sdk/nodejs/src/render/admission/render.js";
import { objectsIn, runCase } from "../support/golden-case.js";
import { envoyFilter } from "./support/guard-objects.js";
import { GuardedCluster, type Tried, type User } from "./support/guarded-cluster.js";
import { BUILD_TIMEOUT } from "./support/lab.js";

type Lab = import("../lab/start-lab.js", { with: { "resolution-mode": "import" }}).Lab;

const NAMESPACES = ["books", "gateways", "istio-system", "shop"];
// RBAC lets both write everywhere, so that only guards refuse
const TEAMS: Readonly<Record<string, User>> = {
  shop: { name: "shop-ci", groups: ["shop-team"], mayWriteIn: NAMESPACES },
  books: { name: "bob", groups: [], mayWriteIn: NAMESPACES },
};
const CLUSTERS = ["east", "west"];

describe("guards and what Meshway renders for teams", function () {
  this.timeout(BUILD_TIMEOUT);
  const { objects, diagnostics } = runCase("guards--teams");
  let lab: Lab;
  const clusters = new Map<string, GuardedCluster>();

  before(async () => {
    assert.deepEqual(diagnostics, []);
    const { startLab } = await import("../lab/start-lab.js");
    const { poll } = await import("../lab/processes/poll.js");
    lab = await startLab({ clusters: CLUSTERS });
    for (const name of CLUSTERS) {
      const cluster = new GuardedCluster(lab.client(name));
      await cluster.prepare(NAMESPACES, Object.values(TEAMS));
      await cluster.install(objects.filter((each) => each.cluster === name));
      const refused = Object.entries(TEAMS).map(([team, user]) => ({ user, object: envoyFilter(team, {}) }));
      const isHeld = async () =>
        (await Promise.all(refused.map(({ user, object }) => cluster.create(user, object, true)))).every(
          ({ status }) => status === 403,
        );
      await poll(isHeld, { timeoutMs: 60_000, everyMs: 500 });
      clusters.set(name, cluster);
    }
  });

  after(() => lab?.stop());

  function rendered(team: string): readonly RenderedObject[] {
    return objects.filter(({ maker, object }) => maker.name.startsWith(`${team}-`) && !isGuardObject(object));
  }

  async function write(by: string, { cluster, object }: RenderedObject) {
    const [user, place] = [TEAMS[by], clusters.get(cluster)];
    assert.ok(user !== undefined && place !== undefined);
    return place.create(user, object as unknown as Tried, true);
  }

  for (const team of Object.keys(TEAMS)) {
    it(`objects of ${team} are accepted from ${team}, and nowhere from others`, async () => {
      const own = rendered(team);
      assert.ok(own.length >= 8, `${own.length} objects`);
      const other = team === "shop" ? "books" : "shop";
      for (const each of own) {
        const said = await write(team, each);
        assert.equal(
          said.status,
          201,
          `${each.cluster} ${each.object.kind} ${each.object.metadata.name} ${said.message}`,
        );
        const refused = await write(other, each);
        assert.equal(refused.status, 403, `${each.cluster} ${each.object.kind} ${each.object.metadata.name}`);
      }
    });
  }

  it("are of every kind that such a fleet has, in both clusters", () => {
    for (const cluster of CLUSTERS)
      assert.deepEqual([...new Set(objectsIn(cluster, rendered("shop")).map(({ kind }) => kind))].sort(), [
        "AuthorizationPolicy",
        "DestinationRule",
        "PeerAuthentication",
        "ServiceEntry",
        "VirtualService",
      ]);
  });
});
