/** Leaves from other resources of the same program, and secret leaves. */
import assert from "node:assert/strict";
import { example, OBJECTS, TABLE } from "./support/example.js";
import { BUILD_TIMEOUT, cleanLab, type Setting, TEST_TIMEOUT } from "./support/lab.js";
import { newStack, type Stack, succeed } from "./support/stack.js";

/** Pulumi's marker for a value that is not known yet. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

// a uid is unknown until the API server has chosen it
const SOURCE = `import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
const east = new k8s.Provider("own-east", { context: "east" });
const source = new k8s.core.v1.ConfigMap("source", {
  metadata: { name: "source", namespace: "shop" },
}, { provider: east });
const { uid } = source.metadata;
const address = pulumi.interpolate\`\${uid}.gateways.example.com\`;
const port = uid.apply((text) => 20000 + (parseInt(text.slice(0, 4), 16) % 1000));
const network = uid.apply((text) => "net-" + text.slice(0, 8));
`;

const PROGRAM = `${SOURCE}${example(
  ['context: "east"', "provider: east"],
  ['addresses: ["203.0.113.10"]', "addresses: [address], port"],
  ['hosts: ["shop.example.com"]', 'hosts: [uid.apply((text) => "shop-" + text + ".example.com")]'],
  // it decides which objects exist, see ARCHITECTURE.md
  ['name: "west"', 'name: "west", network'],
)}`;

describe("leaves that are unknown at the first preview", function () {
  this.timeout(TEST_TIMEOUT);
  let setting: Setting;
  let stack: Stack;
  let previewed: readonly string[];

  before(async function () {
    this.timeout(BUILD_TIMEOUT);
    setting = await cleanLab();
    stack = await newStack({ lab: setting.lab, program: PROGRAM });
  });

  it("hide no object from the preview", async () => {
    const { changes, resources } = succeed(await stack.preview());
    previewed = changes;
    const unknown = resources.filter(({ at, inputs }) => at === "start" && inputs.includes(UNKNOWN));
    assert.deepEqual([...new Set(unknown.map(({ kind }) => kind))].sort(), [
      "DestinationRule",
      "Gateway",
      "ServiceEntry",
      "VirtualService",
    ]);
    const table = unknown.find(({ name }) => name === "shop-east-VirtualService-shop--web");
    assert.match(table?.inputs ?? "", /"exact":"\/healthz"/, "the rest of the object is shown");
  });

  it("have their values when applied, in the objects that the preview showed", async () => {
    const { changes } = succeed(await stack.up());
    assert.deepEqual(changes, previewed);
    const { hosts } = (await setting.west.get(TABLE)).spec;
    assert.match(JSON.stringify(hosts), /^\["shop-[0-9a-f-]{36}\.example\.com"\]$/);
    const { endpoints } = (await setting.west.get("ServiceEntry shop/reviews--remote--version-v1--version-v2")).spec;
    assert.match(
      JSON.stringify(endpoints),
      /"address":"[0-9a-f-]{36}\.gateways\.example\.com".*"ports":\{"[^"]+":20\d{3}\}/,
    );
    assert.deepEqual(
      (await setting.east.objects()).filter((id) => !id.includes("--home")),
      // an unknown network might be the same one, where Istio would merge Services of one name
      [
        "DestinationRule gateways/shop--web--service--frontend--shop--subsets--topolog---723595b8",
        ...OBJECTS.east,
      ].sort(),
    );
  });

  it("change nothing the second time", async () => {
    succeed(await stack.preview("--expect-no-changes"));
  });

  it("are destroyed in one run together with their sources", async () => {
    succeed(await stack.destroy());
    assert.deepEqual([await setting.east.objects(), await setting.west.objects()], [[], []]);
  });
});
