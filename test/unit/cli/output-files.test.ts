import assert from "node:assert/strict";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { filesOf } from "../../../sdk/nodejs/src/cli/file-names.js";
import { writeObjects } from "../../../sdk/nodejs/src/cli/output-files.js";
import type { KubeObject } from "../../../sdk/nodejs/src/kube/object.js";

function object(kind: string, namespace: string, name: string): KubeObject {
  return { apiVersion: "networking.istio.io/v1", kind, metadata: { name, namespace, labels: {} }, spec: {} };
}

describe("output files", () => {
  it("are named by kind, namespace and name", () => {
    const names = [
      ...filesOf([
        object("VirtualService", "shop", "web"),
        object("HTTPRoute", "a", "b"),
        object("Gateway", "g", "w"),
      ]).keys(),
    ];
    assert.deepEqual(names, ["gateway-g-w.yaml", "http-route-a-b.yaml", "virtual-service-shop-web.yaml"]);
  });

  it("distinguish objects whose names would collide", () => {
    const one = object("Gateway", "a", "b-c");
    const two = object("Gateway", "a-b", "c");
    const names = [...filesOf([one, two]).keys()];
    assert.equal(names.length, 2);
    for (const name of names) assert.match(name, /^gateway-a-b-c-[0-9a-f]{8}\.yaml$/);
    assert.deepEqual([...filesOf([two, one])], [...filesOf([one, two])]);
  });

  it("are rejected if a file or a dangling link is in place of the folder", () => {
    const folder = mkdtempSync(join(tmpdir(), "meshway-out-"));
    try {
      writeFileSync(join(folder, "file"), "");
      symlinkSync(join(folder, "gone"), join(folder, "dangling"));
      symlinkSync(join(folder, "loop"), join(folder, "loop"));
      const objects = [
        {
          maker: { kind: "VirtualGateway", name: "web" },
          cluster: "east",
          object: object("Gateway", "g", "w"),
          step: 0,
        },
      ] as const;
      for (const [out, named] of [
        ["file", "file"],
        ["file/sub/deep", "file"],
        ["dangling", "dangling"],
        ["dangling/sub", "dangling"],
        ["loop", "loop"],
        ["loop/sub", "loop"],
      ] as const)
        assert.throws(
          () => writeObjects(join(folder, out), objects),
          { message: `${join(folder, named)} is no folder: move it away, or choose another folder` },
          out,
        );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
