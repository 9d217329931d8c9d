/** Clusters, stacks and CLIs that don't answer: refused if something could be lost, reported if not. */
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { formatDiagnostic } from "../../sdk/nodejs/src/diagnostics/format.js";
import { type Claim, factsOf, finding, refusal } from "../../sdk/nodejs/src/resources/claim.js";
import { refuseForeign } from "../../sdk/nodejs/src/resources/foreign-object.js";
import { gathered } from "../../sdk/nodejs/src/resources/renamed.js";
import { NotExported } from "../../sdk/nodejs/src/resources/stack-export.js";
import { mayBeDeleted, refuseNotExported, refuseUnanswered } from "../../sdk/nodejs/src/resources/unsure.js";

const TABLE = { apiVersion: "networking.istio.io/v1", kind: "VirtualService" } as const;
const URN = "urn:pulumi:dev::acme::meshway:index:RouteTable$kubernetes:networking.istio.io/v1:VirtualService";
const OTHER = "organization/acme/dev";

interface Options {
  readonly cluster?: string;
  readonly name?: string;
  readonly fromStacks?: readonly string[];
  readonly why?: string;
}

/** A claim, with the fields that these tests read. */
function claimOf({ cluster = "east", name = "shop--web", fromStacks = [], why }: Options = {}): Claim {
  const childName = `shop-${cluster}-VirtualService-${name}`;
  return {
    resource: new pulumi.ComponentResource("meshway:index:RouteTable", "shop"),
    subject: { kind: "RouteTable", name: "shop" },
    object: { ...TABLE, metadata: { name, namespace: "gateways", labels: {} }, spec: {} },
    childName,
    formerNames: [],
    fromStacks,
    isListed: true,
    connection: { cluster, reported: new Set(), live: { unanswered: async () => why } },
  } as unknown as Claim;
}

/** Sets up mocks for a run or preview in which only these stacks' states are readable. */
async function mocked(states: Readonly<Record<string, object>>, isPreview = false): Promise<void> {
  const call = ({ inputs }: pulumi.runtime.MockCallArgs) => {
    const outputs = states[(inputs as { readonly stackName: string }).stackName];
    if (outputs === undefined) throw new Error("no such stack");
    return { outputs };
  };
  await pulumi.runtime.setMocks(
    { newResource: ({ inputs }) => ({ id: "", state: inputs }), call },
    "shop",
    "dev",
    isPreview,
  );
}

describe("an object of another stack", () => {
  const owner = { stack: OTHER, urn: `${URN}::shop-east-VirtualService-shop--web` };
  const codeOf = async (fromStacks: readonly string[]) =>
    (await refuseForeign(claimOf({ fromStacks }), owner))?.refused?.code;

  it("is adopted only from the stack that the entry names, and only once its state lacks it", async () => {
    await mocked({ [OTHER]: { [owner.urn]: {} } });
    assert.equal(await codeOf([]), "MW0541");
    assert.equal(await codeOf(["organization/acme/prod"]), "MW0541");
    assert.equal(await codeOf([OTHER]), "MW0560");
    await mocked({ [OTHER]: {} });
    assert.equal(await codeOf([OTHER]), undefined);
  });

  it("is adopted with a warning (MW0547) if that state can't be read", async () => {
    await mocked({});
    assert.equal(await codeOf([OTHER]), undefined);
    const text = formatDiagnostic(
      finding("MW0547", claimOf(), { ...factsOf(claimOf()), owner: OTHER, urn: owner.urn }),
    );
    assert.match(text, /whose state can't be read from here/);
    assert.ok(text.includes(`pulumi state delete '${owner.urn}' --stack ${OTHER} --yes`), text);
  });
});

describe("a cluster that does not answer", () => {
  const otherwise = { annotations: { a: "b" } };

  it("stops a run that may delete (MW0561), and only warns in a preview, once per cluster", async () => {
    await mocked({});
    const { refused } = await refuseUnanswered(claimOf({ why: "status 429" }), otherwise);
    assert.match(refused === undefined ? "" : formatDiagnostic(refused), /\[MW0561\]: .*\(status 429\)/);
    await mocked({}, true);
    const claim = claimOf({ why: "status 429" });
    assert.equal(await refuseUnanswered(claim, otherwise), otherwise);
    assert.deepEqual([...claim.connection.reported], ["MW0561"]);
  });

  it("is ignored if nobody can know the connection to it", async () => {
    await mocked({});
    assert.equal(await refuseUnanswered(claimOf(), otherwise), otherwise);
  });

  it("matters if the state has an object of the same name that no object of the resource accounts for", async () => {
    await mocked({});
    const [east, west] = [claimOf(), claimOf({ cluster: "west" })];
    const urns = [east, west].map(({ childName }) => `${URN}::${childName}`);
    const noted = (name: string) => ({ ...TABLE, metadata: { name, namespace: "gateways" } });
    const state = (urn: string, name = "shop--web") => new Map<string, object>([[urn, noted(name)]]) as never;
    assert.equal(await mayBeDeleted(east, [east, west], urns, state(urns[1] ?? "")), false);
    assert.equal(
      await mayBeDeleted(east, [east, west], urns, state(`${URN}::shop-old-VirtualService-shop--web`)),
      true,
    );
    assert.equal(await mayBeDeleted(east, [east, west], urns, state(`${URN}::other`, "blog--web")), false);
  });

  it("is reported after a stopped run, without stopping this one (MW0564)", () => {
    const text = formatDiagnostic(finding("MW0564", claimOf(), { cluster: "east", why: "ECONNREFUSED" }));
    assert.match(text, /^warning\[MW0564\]: .*`east` can't be queried \(ECONNREFUSED\)[\s\S]*`pulumi refresh`/);
  });
});

describe("a stack that can't be exported", () => {
  it("stops the run if the result depends on it (MW0562)", () => {
    assert.equal(refuseNotExported(claimOf(), new NotExported()).refused?.code, "MW0562");
    assert.throws(() => refuseNotExported(claimOf(), new Error("another one")), /another one/);
  });
});

describe("findings of one rename", () => {
  const refused = (claim: Claim, urn: string) =>
    refusal("MW0543", claim, { ...factsOf(claim), urn, own: `${URN}::${claim.childName}`, snippet: "{}" });
  const textsOf = (claims: readonly Claim[], urns: readonly string[]) =>
    gathered(
      claims,
      claims.map((claim, index) => refused(claim, urns[index] ?? "")),
    ).map(formatDiagnostic);

  it("are one, which names the entry to add", async () => {
    await mocked({});
    const claims = [claimOf({ cluster: "us-east" }), claimOf({ cluster: "us-east", name: "blog--web" })];
    const texts = textsOf(
      claims,
      ["shop--web", "blog--web"].map((name) => `${URN}::shop-east-VirtualService-${name}`),
    );
    assert.equal(texts.length, 1);
    assert.match(texts[0] ?? "", /`VirtualService gateways\/shop--web` \(and 1 more of this resource\)/);
    assert.match(texts[0] ?? "", /give `us-east` `formerNames: \["east"\]` and, .* `network: "east"`/);
  });

  it("suggest no former name that another cluster of the fleet has, and only aliases for another parent", async () => {
    await mocked({});
    const swapped = textsOf(
      [claimOf(), claimOf({ cluster: "west" })],
      ["west", "east"].map((cluster) => `${URN}::shop-${cluster}-VirtualService-shop--web`),
    );
    assert.equal(swapped.length, 2);
    for (const text of swapped) assert.match(text, /help: .*now points to the cluster that .* pointed to: revert that/);
    const [moved = ""] = textsOf(
      [claimOf()],
      [`urn:pulumi:dev::acme::a:b:C$${URN.split("::")[2]}::shop-east-VirtualService-shop--web`],
    );
    assert.match(moved, /help: set `aliases`/);
    assert.doesNotMatch(moved, /formerNames/);
  });
});
