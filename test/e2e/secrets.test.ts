/** Secrets stay secret: in the state, in the CLI's output, and in other stacks that read them. */
import assert from "node:assert/strict";
import { example, TABLE } from "./support/example.js";
import { BUILD_TIMEOUT, cleanLab, type Setting, TEST_TIMEOUT } from "./support/lab.js";
import { newStack, type Stack, succeed } from "./support/stack.js";

const PASSWORD = "open-sesame-42";

const IMPORTS = `import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
`;

const PROGRAM = `${IMPORTS}${example(
  ['body: "ok"', 'body: new pulumi.Config().requireSecret("password")'],
  ['context: "east"', 'kubeconfig: readFileSync(process.env["KUBECONFIG"] ?? "", "utf8"),\n      context: "east"'],
  ["new meshway.RouteTable", "const shop = new meshway.RouteTable"],
)}
export const refs = { fleet: fleet.ref, shop: shop.ref };
`;

describe("secrets", function () {
  this.timeout(TEST_TIMEOUT);
  let setting: Setting;
  let stack: Stack;
  let token: string;

  before(async function () {
    this.timeout(BUILD_TIMEOUT);
    setting = await cleanLab();
    token = setting.lab.client("east").getCurrentUser()?.token ?? "";
    assert.notEqual(token, "");
    stack = await newStack({ lab: setting.lab, program: PROGRAM });
    succeed(await stack.pulumi(["config", "set", "--secret", "password", PASSWORD]));
  });

  after(async () => {
    succeed(await stack.destroy());
  });

  function assertClean(text: string): void {
    for (const hidden of [PASSWORD, token]) assert.ok(!text.includes(hidden), `a secret is in:\n${text}`);
  }

  it("reach the cluster", async () => {
    const { text } = succeed(await stack.up("--diff", "--show-config"));
    assertClean(text);
    assert.ok(JSON.stringify((await setting.west.get(TABLE)).spec).includes(PASSWORD));
  });

  it("are encrypted in the state", async () => {
    const state = await stack.exportState();
    assertClean(state);
    assert.match(state, /"ciphertext"/);
  });

  it("are not printed when they change", async () => {
    succeed(await stack.pulumi(["config", "set", "--secret", "password", `${PASSWORD}-new`]));
    const { text, changes } = succeed(await stack.preview("--diff"));
    assert.deepEqual(changes, [
      "update shop-east-VirtualService-shop--web",
      "update shop-west-VirtualService-shop--web",
    ]);
    assertClean(text);
  });

  it("stay secret in descriptors for other stacks", async () => {
    const { stdout } = succeed(await stack.pulumi(["stack", "output", "--json"]));
    assertClean(stdout);
    assert.deepEqual(JSON.parse(stdout), { refs: { fleet: "[secret]", shop: "[secret]" } });
  });
});
