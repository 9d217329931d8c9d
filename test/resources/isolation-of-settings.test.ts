/** Settings that isolate render into the clusters of their workspace's fleet. */
import assert from "node:assert/strict";
import { mock } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import type { FleetArgs, ResourceRef, SharingArgs, WorkspaceReference } from "../../sdk/nodejs/src/index.js";
import { Workspace, WorkspaceSettings } from "../../sdk/nodejs/src/index.js";
import { objects, settled, startMocks, unknown } from "./mocks.js";
import { cluster, fleet } from "./two-clusters.js";

describe("isolation of WorkspaceSettings", () => {
  let warned: string[] = [];

  beforeEach(async () => {
    warned = [];
    mock.method(pulumi.log, "warn", (text: string) => {
      warned.push(text);
      return Promise.resolve();
    });
    await startMocks();
  });

  afterEach(() => mock.restoreAll());

  const books = (args: Partial<FleetArgs> = {}) =>
    new Workspace("books", { fleet: fleet(args), workloadClusters: [{ namespaces: [{ name: "books" }] }] });

  const isolate = (workspace: Workspace | { ref: ResourceRef }, exportTo: SharingArgs[] = []) =>
    new WorkspaceSettings("books-team", { workspace, exportTo, options: { serviceIsolation: { enabled: true } } });

  /** The workspace as another stack reads it. */
  async function foreign({ ref }: Workspace): Promise<{ ref: ResourceRef }> {
    const read = await new Promise<ResourceRef>((resolve) => ref.apply(resolve));
    return { ref: JSON.parse(JSON.stringify(read)) as ResourceRef };
  }

  const isolated = () =>
    [...objects("PeerAuthentication"), ...objects("AuthorizationPolicy")].map(({ name }) => name).sort();

  it("needs no virtual destination", async () => {
    isolate(books());
    await settled();
    assert.deepEqual(isolated(), [
      "books-team-east-AuthorizationPolicy-books-team--workspace-isolation--books",
      "books-team-east-PeerAuthentication-books-team--workspace-isolation--books",
      "books-team-west-AuthorizationPolicy-books-team--workspace-isolation--books",
      "books-team-west-PeerAuthentication-books-team--workspace-isolation--books",
    ]);
    assert.deepEqual(warned, []);
  });

  it("names the objects of several namespaces in one cluster apart", async () => {
    isolate(
      new Workspace("books", {
        fleet: fleet(),
        workloadClusters: [{ name: "east", namespaces: [{ name: "books" }, { name: "archive" }] }],
      }),
    );
    await settled();
    assert.equal(new Set(isolated()).size, 4);
  });

  it("has the same objects whatever an unknown mesh turns out to be", async () => {
    await startMocks(true);
    isolate(books({ clusters: [cluster("east", { mesh: unknown() }), cluster("west")] }));
    await settled();
    const previewed = isolated();
    for (const mesh of ["ISTIO", "NONE"] as const) {
      await startMocks();
      isolate(books({ clusters: [cluster("east", { mesh: pulumi.output(mesh) }), cluster("west")] }));
      await settled();
      assert.deepEqual(isolated(), previewed);
    }
    assert.equal(previewed.length, 4);
  });

  it("warns (MW0659) where the workspace comes from another stack, without its fleet", async () => {
    const read = await foreign(books());
    await startMocks();
    isolate(read);
    await settled();
    assert.deepEqual(isolated(), []);
    assert.match(warned.join("\n"), /^warning\[MW0659\]: workspace `books` comes from another stack/);
  });

  it("uses the fleet of workspaces that it exports to where its own comes from another stack", async () => {
    const read = await foreign(books());
    await startMocks();
    const shop: WorkspaceReference = new Workspace("shop", {
      fleet: fleet(),
      workloadClusters: [{ namespaces: [{ name: "shop" }] }],
    });
    isolate(read, [{ workspaces: [shop] }]);
    await settled();
    assert.equal(isolated().length, 4);
    assert.deepEqual(warned, []);
  });
});
