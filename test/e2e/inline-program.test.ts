/**
 * Programs of the Automation API run inside another process, which continues after an error: a refusal must still
 * delete nothing, and end.
 */
import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { example, OBJECTS } from "./support/example.js";
import { BUILD_TIMEOUT, cleanLab, type Setting, TEST_TIMEOUT } from "./support/lab.js";

/**
 * Returns a program that runs `up`, `preview` or `destroy` of an inline program, as its arguments say, and prints each
 * result.
 */
function inline(text: string, after: string): string {
  const body = text
    .replaceAll(/^import .*$/gm, "")
    .replaceAll("export ", "")
    .replace("new meshway.RouteTable", "const table = new meshway.RouteTable");
  return `const meshway = require("meshway");
const pulumi = require("@pulumi/pulumi");
const k8s = require("@pulumi/kubernetes");
const { LocalWorkspace } = require("@pulumi/pulumi/automation");
const program = async () => {
${body}
${after}
};
(async () => {
  const stack = await LocalWorkspace.createOrSelectStack({ stackName: "dev", projectName: "inline", program });
  for (const command of process.argv.slice(2)) {
    try {
      await stack[command]();
      console.log(command + " succeeded");
    } catch (error) {
      console.log(command + " failed: " + error);
    }
  }
})();`;
}

/** A typical addition to a program, which waits for the table. */
const DEPENDENT = `const users = new k8s.Provider("users", { context: "west" });
const options = { provider: users, dependsOn: [table] };
new k8s.core.v1.ConfigMap("after", { metadata: { name: "after", namespace: "shop" }, data: { a: "b" } }, options);
new (class extends pulumi.ComponentResource {})("example:index:Site", "site", {}, { dependsOn: [table] });`;

const RENAMED = example(['name: "east"', 'name: "us-east"'], ['cluster: "east"', 'cluster: "us-east"']);

describe("an inline program whose objects are refused", function () {
  this.timeout(TEST_TIMEOUT);
  let setting: Setting;
  let folder: string;

  const run = async (text: string, after: string, ...commands: string[]): Promise<string> => {
    const { execa } = await import("execa");
    writeFileSync(path.join(folder, "program.js"), inline(text, after));
    const { stdout } = await execa("node", ["program.js", ...commands], {
      cwd: folder,
      env: setting.lab.env,
      timeout: TEST_TIMEOUT / 2,
    });
    return stdout;
  };

  before(async function () {
    this.timeout(BUILD_TIMEOUT);
    setting = await cleanLab();
    folder = path.join(setting.lab.folder, "inline");
    mkdirSync(folder);
    symlinkSync(path.resolve("node_modules"), path.join(folder, "node_modules"));
  });

  for (const [what, after] of [
    ["as it is", ""],
    ["on whose table other resources depend", DEPENDENT],
  ] as const)
    it(`${what} ends with the error, and deletes nothing`, async () => {
      assert.match(await run(example(), after, "up"), /up succeeded/);
      const before = [await setting.east.uids(), await setting.west.uids()];
      const said = await run(RENAMED, after, "preview", "up", "preview", "up");
      assert.equal(said.match(/^(preview|up) failed/gm)?.length, 4, said);
      // the engine fails with the first error
      assert.equal(
        said.match(/^(preview|up) failed(?:.|\n)*?error\[MW0543\]: `.* of cluster `us-east`/gm)?.length,
        4,
        said,
      );
      assert.deepEqual([await setting.east.uids(), await setting.west.uids()], before);
      assert.match(await run(example(), after, "up"), /up succeeded/);
      assert.deepEqual([await setting.east.uids(), await setting.west.uids()], before);
      assert.deepEqual(Object.keys(before[0] ?? {}), OBJECTS.east);
    });

  it("is removed as a whole", async () => {
    assert.match(await run(example(), "", "up", "destroy"), /destroy succeeded/);
    assert.deepEqual([await setting.east.objects(), await setting.west.objects()], [[], []]);
  });
});
