/** docs/pulumi-options.md: what Pulumi's commands do with the objects of a resource. */
import assert from "node:assert/strict";
import { holdStatements } from "../docs/pulumi-options.js";
import { applied } from "./support/applied.js";
import { type Edit, example, OBJECTS, TABLE } from "./support/example.js";
import { BUILD_TIMEOUT, type Setting, TEST_TIMEOUT } from "./support/lab.js";
import { shares, transform, withOptions } from "./support/options.js";
import { refuse, type Stack, succeed } from "./support/stack.js";

const TABLES = ["update shop-east-VirtualService-shop--web", "update shop-west-VirtualService-shop--web"];
const GATEWAYS = ["update web-east-Gateway-web", "update web-west-Gateway-web"];

/** A change of the gateway's objects and of no other. */
const NO_REDIRECT: Edit = ["port: 80, httpsRedirect: true", "port: 80"];

describe("commands", function () {
  this.timeout(TEST_TIMEOUT);
  let setting: Setting;
  let stack: Stack;

  before(async function () {
    this.timeout(BUILD_TIMEOUT);
    ({ setting, stack } = await applied(example()));
  });

  after(async () => {
    succeed(await stack.destroy());
  });

  async function urnOf(name: string): Promise<string> {
    const urn = (await stack.resources()).find((each) => each.endsWith(`::${name}`));
    return urn ?? assert.fail(`nothing in the state is called ${name}`);
  }

  async function changes(...flags: string[]): Promise<readonly string[]> {
    return succeed(await stack.up(...flags)).changes;
  }

  holdStatements("Commands", {
    "`--target` with the URN of a resource changes none of its objects; `--target '**::shop-*'` changes those of `shop`.":
      async () => {
        stack.write(example(NO_REDIRECT, ...shares(80)));
        assert.deepEqual(await changes("--target", await urnOf("shop")), []);
        assert.deepEqual(await changes("--target", "**::shop-*"), TABLES);
        assert.deepEqual(await changes(), GATEWAYS);
      },

    "`--exclude '**::shop-*'` changes everything but the objects of `shop`.": async () => {
      stack.write(example(...shares(70)));
      assert.deepEqual(await changes("--exclude", "**::shop-*"), GATEWAYS);
      assert.deepEqual(await changes(), TABLES);
    },

    "`--replace` with the URN of a resource replaces none of its objects.": async () => {
      const before = (await setting.east.get(TABLE)).metadata.uid;
      const done = await changes("--replace", await urnOf("shop"));
      assert.ok(done.includes("replace shop"), done.join());
      assert.deepEqual(
        done.filter((change) => !change.endsWith(" shop")),
        [],
      );
      assert.equal((await setting.east.get(TABLE)).metadata.uid, before);
    },

    "`--refresh` detects changes made in a cluster, and the same run reverts them.": async () => {
      stack.write(example());
      await changes();
      const { spec } = await setting.west.get(TABLE);
      await setting.west.patch(TABLE, { op: "replace", path: "/spec/http/0/route/0/weight", value: 55 });
      assert.deepEqual(await changes(), []);
      assert.deepEqual(await changes("--refresh"), ["update shop-west-VirtualService-shop--web"]);
      assert.deepEqual((await setting.west.get(TABLE)).spec, spec);
    },

    "`pulumi import` imports an existing object into the state, under the resource that declares it; the next run updates it to match the program.":
      async () => {
        const name = "shop-east-VirtualService-shop--web";
        const before = (await setting.east.get(TABLE)).metadata.uid;
        succeed(await stack.pulumi(["state", "delete", await urnOf(name), "--yes"]));
        const [parent, provider] = [`shop=${await urnOf("shop")}`, `east=${await urnOf("prod-east")}`];
        const place = ["kubernetes:networking.istio.io/v1:VirtualService", name, "gateways/shop--web"];
        const family = ["--parent", parent, "--provider", provider];
        succeed(
          await stack.pulumi(["import", ...place, ...family, "--protect=false", "--generate-code=false", "--yes"]),
        );
        assert.deepEqual(await changes(), [`update ${name}`]);
        succeed(await stack.preview("--expect-no-changes"));
        assert.equal((await setting.east.get(TABLE)).metadata.uid, before);
        assert.deepEqual(await setting.east.objects(), OBJECTS.east);
      },

    "An imported object stays with its previous field manager: its next change is a conflict, unless a transform sets the annotation `pulumi.com/patchForce`.":
      async () => {
        stack.write(example(...shares(60)));
        assert.match(refuse(await stack.up()).text, /\.spec\.http/);
        const annotations = '{ ...args.props.metadata.annotations, "pulumi.com/patchForce": "true" }';
        const metadata = `{ ...args.props.metadata, annotations: ${annotations} }`;
        const forced = transform(`{ props: { ...args.props, metadata: ${metadata} }, opts: args.opts }`);
        stack.write(withOptions(`{ transforms: ${forced} }`, ...shares(60)));
        await changes();
        stack.write(example(...shares(50)));
        await changes();
        succeed(await stack.preview("--expect-no-changes"));
      },
  });
});
