/** Guards hold in a real API server, against users who may write in one namespace only. */
import assert from "node:assert/strict";
import { runCase } from "../support/golden-case.js";
import type { Attempt } from "./support/guard-attempt.js";
import { SECTIONS } from "./support/guard-attempts.js";
import { UNKNOWN_KIND } from "./support/guard-unknown-kind.js";
import { USERS } from "./support/guard-users.js";
import { GuardedCluster, type Said } from "./support/guarded-cluster.js";
import { BUILD_TIMEOUT } from "./support/lab.js";

type Lab = import("../lab/start-lab.js", { with: { "resolution-mode": "import" }}).Lab;

const NAMESPACES = ["books", "gateways", "istio-system", "shop", "shop-tools", "unlisted"];
const PAIRS = Object.values(SECTIONS).flat();

describe("guard", function () {
  // the first run on a machine builds the lab's parts
  this.timeout(BUILD_TIMEOUT);
  let lab: Lab;
  let cluster: GuardedCluster;

  before(async () => {
    const { startLab } = await import("../lab/start-lab.js");
    const { installCrds } = await import("../lab/cluster/crds.js");
    lab = await startLab({ clusters: ["guarded"] });
    await installCrds(lab.client("guarded"), [UNKNOWN_KIND]);
    cluster = new GuardedCluster(lab.client("guarded"));
    await cluster.prepare(NAMESPACES, USERS);
    for (const { refused, allowed } of PAIRS)
      for (const { before } of [refused, allowed]) if (before !== undefined) await cluster.make(before);
    await cluster.install(runCase("guards").objects.filter((each) => each.cluster === "east"));
    await untilHeld();
  });

  after(() => lab?.stop());

  /** A policy holds a moment after it is made. */
  async function untilHeld(): Promise<void> {
    const { poll } = await import("../lab/processes/poll.js");
    const creations = PAIRS.map(({ refused }) => refused).filter(({ does }) => does === "create");
    const isHeld = async () => {
      const said = await Promise.all(creations.map(({ by, object }) => cluster.create(by, object, true)));
      return said.every(({ status }) => status === 403);
    };
    // where one is not held at all, its test tells more
    await poll(isHeld, { timeoutMs: 30_000, everyMs: 500 });
  }

  function attempt({ by, does, object }: Attempt): Promise<Said> {
    if (does === "deleteSet") return cluster.deleteSet(by, object, object.metadata.labels?.["set"] ?? "");
    return cluster[does](by, object);
  }

  it("tells of at least 40 attempts", () => {
    assert.ok(PAIRS.length >= 40, `${PAIRS.length} pairs`);
  });

  for (const [section, pairs] of Object.entries(SECTIONS)) {
    describe(section, () => {
      for (const { about, refused, says, allowed } of pairs) {
        it(`${about}: refused`, async () => {
          const { status, message } = await attempt(refused);
          assert.equal(status, 403, message);
          assert.match(message, says);
        });
        it(`${about}: allowed nearby`, async () => {
          const { status, message } = await attempt(allowed);
          assert.ok(status === 200 || status === 201, `${status} ${message}`);
        });
      }
    });
  }
});
