/** examples/operators-and-apps: operators and an app team with a stack each; the gateway's rules, and what other teams share, hold in the app team's preview. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { edit, OBJECTS, TABLE } from "./support/example.js";
import { BUILD_TIMEOUT, cleanLab, type Setting, TEST_TIMEOUT } from "./support/lab.js";
import { newStack, refuse, type Stack, succeed } from "./support/stack.js";

const read = (part: string): string => readFileSync(resolve("examples/operators-and-apps", part, "index.ts"), "utf8");

const OPERATORS = read("operators");

/** The app team's program, which finds the operators' stack under another name here. */
function appProgram(reference: string): string {
  return edit(read("shop"), ['new pulumi.Config().require("operators")', JSON.stringify(reference)]);
}

describe("two stacks", function () {
  this.timeout(TEST_TIMEOUT);
  let setting: Setting;
  let operators: Stack;
  let app: Stack;

  before(async function () {
    this.timeout(BUILD_TIMEOUT);
    setting = await cleanLab();
    operators = await newStack({ lab: setting.lab, program: OPERATORS });
    succeed(await operators.up());
    app = await newStack({ lab: setting.lab, program: appProgram(operators.reference), module: true });
  });

  it("refuse at preview a host that the gateway does not allow", async () => {
    app.write(edit(appProgram(operators.reference), ["shop.example.com", "shop.example.org"]));
    const { text } = refuse(await app.preview());
    assert.match(text, /error\[MW0301\]: VirtualGateway `web` does not allow host `shop\.example\.org`/);
    assert.match(text, /at RouteTable `shop`, hosts\[0\]/);
  });

  it("make together what one program makes", async () => {
    app.write(appProgram(operators.reference));
    const { changes } = succeed(await app.up());
    assert.deepEqual(
      changes.filter((change) => !/^create (shop|prod-|default$)/.test(change)),
      [],
    );
    assert.deepEqual([await setting.east.objects(), await setting.west.objects()], [OBJECTS.east, OBJECTS.west]);
    assert.deepEqual((await setting.east.get(TABLE)).spec["gateways"], ["gateways/web"]);
    succeed(await app.preview("--expect-no-changes"));
  });

  it("remove only their own objects", async () => {
    succeed(await app.destroy());
    const kept = OBJECTS.east.filter((id) => !id.includes("shop--"));
    assert.deepEqual([await setting.east.objects(), await setting.west.objects()], [kept, kept]);
    succeed(await operators.destroy());
    assert.deepEqual([await setting.east.objects(), await setting.west.objects()], [[], []]);
  });
});

/** The operators' program, with workspaces for both teams; that of the destination exports nothing, or this. */
function owned(exported: string): string {
  return edit(
    OPERATORS,
    [
      "// One hostname for the reviews",
      `const team = (name: string, ...namespaces: string[]) =>
  new meshway.Workspace(name, { fleet, workloadClusters: [{ namespaces: namespaces.map((name) => ({ name })) }] });
// two namespaces, so that routes stay beside the gateway
const storefront = team("storefront", "storefront", "storefront-jobs");
const shop = new meshway.WorkspaceSettings("shop", { workspace: team("shop", "shop"), exportTo: [${exported}] });
export const [storefrontRef, shopRef] = [storefront.ref, shop.ref];
// One hostname for the reviews`,
    ],
    ['new meshway.Fleet("prod", {', 'new meshway.Fleet("prod", {\n  gatewayNamespaces: ["gateways"],'],
    [
      'new meshway.VirtualDestination("reviews", {\n  fleet,',
      'new meshway.VirtualDestination("reviews", {\n  fleet,\n  workspace: shop,',
    ],
  );
}

/** The app team's program, whose table belongs to a workspace that imports from the other one. */
function importing(reference: string): string {
  return edit(
    appProgram(reference),
    [
      "// Routes. The gateway",
      `const storefront = { ref: await operators.requireOutputValue("storefrontRef") };
const shop = { ref: await operators.requireOutputValue("shopRef") };
const workspace = new meshway.WorkspaceSettings("storefront", { workspace: storefront, importFrom: [{ workspaces: [shop] }] });
// Routes. The gateway`,
    ],
    ['new meshway.RouteTable("shop", {\n  fleet,', 'new meshway.RouteTable("shop", {\n  fleet,\n  workspace,'],
  );
}

describe("workspaces over two stacks", function () {
  this.timeout(TEST_TIMEOUT);
  let setting: Setting;
  let operators: Stack;
  let app: Stack;

  before(async function () {
    this.timeout(BUILD_TIMEOUT);
    setting = await cleanLab();
    operators = await newStack({ lab: setting.lab, program: owned("") });
    succeed(await operators.up());
    app = await newStack({ lab: setting.lab, program: importing(operators.reference), module: true });
  });

  after(async () => {
    succeed(await app.destroy());
    succeed(await operators.destroy());
  });

  it("refuse at preview a destination that its team does not export, and a Service of that team", async () => {
    const { text } = refuse(await app.preview());
    assert.match(
      text,
      /error\[MW0602\]: VirtualDestination `reviews` of workspace `shop` is not shared: `shop` does not export it to `storefront`/,
    );
    assert.match(text, /at RouteTable `shop`, http\[0\]\.forwardTo\.destinations\[0\]\.virtualDestination/);
    assert.match(text, /error\[MW0602\]: Service `shop\/frontend` of workspace `shop` is not shared/);
    assert.match(text, /help: ask `shop` to add `storefront` to `exportTo` of its WorkspaceSettings/);
  });

  it("route to it once the team exports it", async () => {
    operators.write(owned("{ workspaces: [storefront] }"));
    // the destination is seen in more namespaces, and nothing else changes
    const { changes } = succeed(await operators.up());
    assert.ok(changes.length > 0);
    assert.deepEqual(
      changes.filter((change) => !/^update reviews-\w+-(DestinationRule|ServiceEntry)-/.test(change)),
      [],
    );
    succeed(await app.up());
    assert.deepEqual([await setting.east.objects(), await setting.west.objects()], [OBJECTS.east, OBJECTS.west]);
    succeed(await app.preview("--expect-no-changes"));
  });

  it("tell the app team at its next preview that the export is gone", async () => {
    operators.write(owned("{ workspaces: [storefront], resources: [{ kind: 'SERVICE' }] }"));
    succeed(await operators.up());
    const { text } = refuse(await app.preview());
    assert.match(text, /error\[MW0602\]: VirtualDestination `reviews` of workspace `shop` is not shared/);
    assert.doesNotMatch(text, /Service `shop\/frontend`/);
  });
});
