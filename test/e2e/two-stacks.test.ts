/** Operators and an app team with a stack each: the gateway's rules hold in the app team's preview. */
import assert from "node:assert/strict";
import { edit, example, OBJECTS, TABLE, without } from "./support/example.js";
import { BUILD_TIMEOUT, cleanLab, type Setting, TEST_TIMEOUT } from "./support/lab.js";
import { newStack, refuse, type Stack, succeed } from "./support/stack.js";

const OPERATORS = `${without(example(), "The app team's part")}
export const fleetRef = fleet.ref;
export const webRef = web.ref;
export const reviewsRef = reviews.ref;
`;

/** The app team's program: the example's table, with references in the place of the operators' resources. */
function appProgram(reference: string): string {
  const full = example();
  const table = full.slice(full.indexOf("// The app team's part"));
  const head = `import * as pulumi from "@pulumi/pulumi";
import * as meshway from "meshway";
const operators = new pulumi.StackReference("${reference}");
const webRef = await operators.requireOutputValue("webRef");
const reviews = { ref: await operators.requireOutputValue("reviewsRef") };
// secret, because a fleet may hold credentials
const fleet = { ref: (await operators.getOutputDetails("fleetRef")).secretValue };
`;
  return head + edit(table, ["virtualGateways: [web]", "virtualGateways: [{ ref: webRef }]"]);
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
