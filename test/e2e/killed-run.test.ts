/** A run that is killed midway loses nothing: `pulumi cancel`, then `pulumi up`. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { example, OBJECTS, OTHER_WEIGHTS, TABLE } from "./support/example.js";
import { BUILD_TIMEOUT, cleanLab, type Setting, TEST_TIMEOUT } from "./support/lab.js";
import { newStack, refuse, type Stack, succeed } from "./support/stack.js";

// the table waits for a value that never comes, so that the kill can't be too late
const ENDLESS = `import * as pulumi from "@pulumi/pulumi";
setInterval(() => undefined, 1000);
${example(['hosts: ["shop.example.com"]', "hosts: [pulumi.output(new Promise(() => undefined))]"])}`;
const CHANGED = example([
  'addresses: ["203.0.113.10"]',
  'addresses: ["203.0.113.10"], exposedHosts: ["*.global", "*.local", "*.example.com"]',
]);
const NO_TABLE = example().replace(/new meshway\.RouteTable\("shop"[\s\S]*?\n\}\);\n/, "");
const FIRST = "Gateway istio-system/prod--east-west";

describe("a run that is killed", function () {
  this.timeout(TEST_TIMEOUT);
  let setting: Setting;
  let stack: Stack;

  before(async function () {
    this.timeout(BUILD_TIMEOUT);
    setting = await cleanLab();
    stack = await newStack({ lab: setting.lab, program: ENDLESS });
  });

  it("leaves some objects and a lock, which the next run reports", async () => {
    const { poll } = await import("../lab/processes/poll.js");
    const { east, west } = setting;
    const run = stack.startUp("--parallel=1");
    const isThere = async () => (await east.has(FIRST)) || (await west.has(FIRST));
    const hasBegun = await poll(isThere, { timeoutMs: 120_000, everyMs: 10 });
    run.kill();
    const { text } = await run.answer;
    assert.ok(hasBegun, text);
    // the program has changed meanwhile, and so has the first object
    stack.write(CHANGED);
    assert.match(refuse(await stack.up()).text, /locked.*pulumi cancel/s);
  });

  it("is completed by the next `pulumi up` after `pulumi cancel`, without duplicate objects", async () => {
    succeed(await stack.pulumi(["cancel", "--yes"]));
    succeed(await stack.up());
    assert.deepEqual(await setting.east.objects(), OBJECTS.east);
    assert.deepEqual(await setting.west.objects(), OBJECTS.west);
    assert.equal((await stack.applied()).length, OBJECTS.east.length + OBJECTS.west.length);
    succeed(await stack.preview("--expect-no-changes"));
  });

  it("may have created an object that the state lacks: it is adopted and updated in one run", async () => {
    const urns = (await stack.resources()).filter((urn) => /::shop-(east|west)-VirtualService/.test(urn));
    assert.equal(urns.length, 2);
    for (const urn of urns) succeed(await stack.pulumi(["state", "delete", urn, "--yes"]));
    const { uid } = (await setting.east.get(TABLE)).metadata;
    // previews of an unchanged program don't read the state, and only show less
    succeed(await stack.preview());
    stack.write(example(...OTHER_WEIGHTS));
    succeed(await stack.preview());
    const run = succeed(await stack.up("--continue-on-error"));
    const taken = "is taken over: this stack made it, and its state does not have it";
    assert.ok(run.text.includes(`\`VirtualService gateways/shop--web\` of cluster \`east\` ${taken}`), run.text);
    const table = await setting.east.get(TABLE);
    assert.equal(table.metadata.uid, uid);
    assert.match(JSON.stringify(table.spec), /"weight":80/);
    succeed(await stack.preview("--expect-no-changes"));
    // a later change meets no other field manager
    stack.write(example());
    succeed(await stack.up());
    assert.match(JSON.stringify((await setting.east.get(TABLE)).spec), /"weight":90/);
  });

  for (const how of ["interrupt", "kill"] as const)
    it(`may have deleted an object that the state still has: the next run reports it, after ${how}`, async () => {
      const { poll } = await import("../lab/processes/poll.js");
      const { east } = setting;
      await east.patch(TABLE, { op: "add", path: "/metadata/finalizers", value: ["example.com/wait"] });
      stack.write(NO_TABLE);
      const run = stack.startUp();
      const isGoing = async () => (await east.get(TABLE)).metadata.deletionTimestamp !== undefined;
      const hasBegun = await poll(isGoing, { timeoutMs: 120_000, everyMs: 10 });
      run[how]();
      const { text } = await run.answer;
      assert.ok(hasBegun, text);
      await east.patch(TABLE, { op: "remove", path: "/metadata/finalizers" });
      if (how === "kill") succeed(await stack.pulumi(["cancel", "--yes"]));
      stack.write(example());
      const lost = new RegExp(
        "\\[MW0563\\]: cluster `east` lacks `VirtualService gateways/shop--web`, " +
          "which this stack's state has: the last run was interrupted",
      );
      assert.match((await stack.preview()).text, lost);
      const { text: refused } = refuse(await stack.up());
      assert.match(refused, lost);
      assert.match(refused, /help: run `pulumi refresh`/);
      // the refused run failed too, so the next one reports the same again
      if (how === "interrupt") assert.match(refuse(await stack.up("--continue-on-error")).text, lost);
      succeed(await stack.refresh());
      succeed(await stack.up());
      assert.deepEqual(await east.objects(), OBJECTS.east);
      assert.deepEqual(await setting.west.objects(), OBJECTS.west);
    });

  it("may have created an unknown object: it is reported with the command that deletes it", async () => {
    // `pulumi stack import` drops pending operations, so the backend's own file is edited
    const backend = fileURLToPath(String(setting.lab.env["PULUMI_BACKEND_URL"]));
    const [, project = ""] = stack.reference.split("/");
    const file = path.join(backend, ".pulumi", "stacks", project, "dev.json");
    const state = JSON.parse(readFileSync(file, "utf8"));
    const { latest } = state.checkpoint;
    const made = latest.resources.find(({ urn }: { urn: string }) => /::shop-east-VirtualService/.test(urn));
    latest.resources = latest.resources.filter((each: unknown) => each !== made);
    latest.pending_operations = [{ resource: { ...made, id: "" }, type: "creating" }];
    writeFileSync(file, JSON.stringify(state));
    // while the program declares it, it is adopted
    assert.doesNotMatch(succeed(await stack.preview()).text, /MW0565/);
    stack.write(NO_TABLE);
    const object = "`VirtualService gateways/shop--web` in cluster `east`";
    const created = `warning[MW0565]: a run that was killed created ${object};`;
    const remedy = "`kubectl delete virtualservice.networking.istio.io shop--web --namespace gateways`";
    for (const run of [() => stack.preview(), () => stack.up(), () => stack.up()]) {
      const { text } = succeed(await run());
      assert.ok(text.includes(created) && text.includes(remedy, text.indexOf(created)), text);
    }
    await setting.east.delete(TABLE);
    assert.doesNotMatch(succeed(await stack.up()).text, /MW0565/);
    succeed(await stack.refresh("--clear-pending-creates"));
  });

  it("may have created an object that is being deleted now, which is created again once it is gone", async () => {
    stack.write(example());
    succeed(await stack.up());
    const urn = (await stack.resources()).find((each) => each.endsWith("shop-east-VirtualService-shop--web")) ?? "";
    succeed(await stack.pulumi(["state", "delete", urn, "--yes"]));
    await setting.east.patch(TABLE, { op: "add", path: "/metadata/finalizers", value: ["example.com/hold"] });
    await setting.east.delete(TABLE);
    assert.match(
      refuse(await stack.up()).text,
      /error\[MW0555\]: `VirtualService gateways\/shop--web` of cluster `east` is being deleted/,
    );
    await setting.east.patch(TABLE, { op: "remove", path: "/metadata/finalizers" });
    succeed(await stack.up());
    assert.deepEqual(await setting.east.objects(), OBJECTS.east);
  });

  it("leaves nothing behind that `pulumi destroy` would miss", async () => {
    succeed(await stack.destroy());
    assert.deepEqual([await setting.east.objects(), await setting.west.objects()], [[], []]);
  });
});
