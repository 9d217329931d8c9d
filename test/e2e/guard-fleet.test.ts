/** The guards of a fleet with 50 teams stay below the API server's cost limit for expressions. */
import assert from "node:assert/strict";
import { compileText } from "../support/golden-case.js";
import { gateway, serviceEntry, to, virtualService } from "./support/guard-objects.js";
import { GuardedCluster, type Tried, type User } from "./support/guarded-cluster.js";
import { BUILD_TIMEOUT } from "./support/lab.js";

type Lab = import("../lab/start-lab.js", { with: { "resolution-mode": "import" }}).Lab;

const TEAMS = Array.from({ length: 50 }, (_, index) => `team-${index}`);
const HOSTS = 20;
const MANY = 500;

/** Returns a fleet of teams, each with its own hosts on one gateway and in the mesh. */
function model(): string {
  const workspaces = TEAMS.map((name) => [
    name,
    {
      fleet: "prod",
      workloadClusters: [{ namespaces: [{ name }, { name: `${name}-tools` }] }],
      guard: {
        subjects: [
          { kind: "Group", name },
          { kind: "ServiceAccount", name: "ci", namespace: name },
        ],
        hosts: Array.from({ length: HOSTS }, (_, index) => `*.h${index}.${name}.global`),
      },
    },
  ]);
  const allowedRouteTables = TEAMS.flatMap((name) =>
    Array.from({ length: HOSTS }, (_, index) => ({ host: `*.h${index}.${name}.example.com`, workspaces: [name] })),
  );
  return JSON.stringify({
    fleets: { prod: { clusters: [{ name: "east" }], guard: { operators: [{ kind: "Group", name: "operators" }] } } },
    workspaces: Object.fromEntries(workspaces),
    virtualGateways: {
      web: {
        fleet: "prod",
        namespace: "gateways",
        workloads: { labels: { istio: "ingressgateway" } },
        listeners: [{ port: 80, allowedRouteTables }],
        guard: { workspaces: TEAMS },
      },
    },
  });
}

const LAST = "team-49";
const ann: User = { name: "ann", groups: [LAST], mayWriteIn: [LAST] };
const hosts = (domain: string) =>
  Array.from({ length: MANY }, (_, index) => `s${index}.h${HOSTS - 1}.${LAST}.${domain}`);
const routes = hosts("global").map((host, index) => ({ name: `r${index}`, ...to(host) }));
const atGateway = (more: readonly string[] = []) =>
  virtualService(LAST, { gateways: ["gateways/web"], hosts: [...hosts("example.com"), ...more], http: routes });
const inMesh = (more: readonly string[] = []) =>
  virtualService(LAST, { exportTo: ["."], hosts: [...hosts("global"), ...more], http: routes });
const withEndpoints = (last: string) =>
  serviceEntry(LAST, {
    hosts: hosts("global").slice(0, 100),
    endpoints: [
      ...Array.from({ length: MANY }, (_, index) => ({ address: `203.0.113.${index % 250}` })),
      { address: last },
    ],
    resolution: "STATIC",
  });

describe("guards of 50 teams", function () {
  this.timeout(BUILD_TIMEOUT);
  let lab: Lab;
  let cluster: GuardedCluster;

  before(async () => {
    const { startLab } = await import("../lab/start-lab.js");
    const { poll } = await import("../lab/processes/poll.js");
    lab = await startLab({ clusters: ["many-teams"] });
    cluster = new GuardedCluster(lab.client("many-teams"));
    await cluster.prepare([LAST, "gateways"], [ann]);
    const { objects, diagnostics } = compileText(model());
    assert.deepEqual(diagnostics, []);
    await cluster.install(objects);
    const refused = [atGateway(["other.example.com"]), inMesh(["a.h0.team-0.global"]), gateway(LAST, {})];
    const isHeld = async () =>
      (await Promise.all(refused.map((object) => cluster.create(ann, object, true)))).every(
        ({ status }) => status === 403,
      );
    await poll(isHeld, { timeoutMs: 120_000, everyMs: 500 });
  });

  after(() => lab?.stop());

  const pairs: Readonly<Record<string, { refused: Tried; says: RegExp; allowed: Tried }>> = {
    "hosts of a gateway": {
      refused: atGateway(["a.h0.team-0.example.com"]),
      says: /host a\.h0\.team-0\.example\.com of VirtualGateway web is not for user ann/,
      allowed: atGateway(),
    },
    "hosts of the mesh": {
      refused: inMesh(["a.h0.team-0.global"]),
      says: /directs calls of host a\.h0\.team-0\.global/,
      allowed: inMesh(),
    },
    endpoints: {
      refused: withEndpoints("169.254.10.1"),
      says: /endpoint 169\.254\.10\.1/,
      allowed: withEndpoints("203.0.113.251"),
    },
  };

  for (const [what, { refused, says, allowed }] of Object.entries(pairs)) {
    it(`${MANY} ${what}: the last one is refused, and all are allowed`, async () => {
      const { status, message } = await cluster.create(ann, refused);
      assert.equal(status, 403, message);
      assert.match(message, says);
      const said = await cluster.create(ann, allowed);
      assert.equal(said.status, 201, said.message);
    });
  }
});
