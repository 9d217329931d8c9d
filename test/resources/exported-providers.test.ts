import assert from "node:assert/strict";
import { hasProvider, providerSettings } from "../../sdk/nodejs/src/resources/stack-export.js";
import { fakeCli } from "./fake-cli.js";
import { startMocks } from "./mocks.js";

const SECRET = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
const provider = (id: string, inputs: object, isLeft = false) => ({
  urn: "urn:pulumi:stack::project::pulumi:providers:kubernetes::prod-east",
  type: "pulumi:providers:kubernetes",
  id,
  inputs,
  ...(isLeft && { delete: true }),
});

describe("providers of an exported stack", () => {
  let restore: () => void;

  before(async () => {
    await startMocks();
    restore = fakeCli([
      provider("now", { context: "east" }),
      provider("former", { kubeconfig: { ...SECRET, plaintext: JSON.stringify("clusters: []") }, context: "w" }, true),
      provider("sealed", { kubeconfig: { ...SECRET, ciphertext: "v1:abc" } }),
      // an exception would quote it
      provider("broken", { kubeconfig: { ...SECRET, plaintext: "s3cr3t" } }),
    ]);
  });
  after(() => restore());

  it("are found by ID, including those that Pulumi has yet to delete", async () => {
    const found = await Promise.all(["now", "former", "theirs"].map(hasProvider));
    assert.deepEqual(found, [true, true, false]);
  });

  it("show the connection to their clusters, even if it is secret", async () => {
    const unset = { cluster: undefined, clusterIdentifier: undefined };
    assert.deepEqual(await providerSettings("now"), { ...unset, kubeconfig: undefined, context: "east" });
    assert.deepEqual(await providerSettings("former"), { ...unset, kubeconfig: "clusters: []", context: "w" });
    for (const id of ["sealed", "broken"]) assert.equal((await providerSettings(id))?.kubeconfig, undefined);
    assert.equal(await providerSettings("theirs"), undefined);
  });
});
