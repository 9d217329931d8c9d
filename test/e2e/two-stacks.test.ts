/** examples/operators-and-apps: operators and an app team with a stack each; the gateway's rules hold in the app team's preview. */
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
