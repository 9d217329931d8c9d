/** docs/pulumi-options.md: which options of a resource reach its objects, and which don't. */
import assert from "node:assert/strict";
import { holdStatements } from "../docs/pulumi-options.js";
import { applied } from "./support/applied.js";
import type { LiveObject } from "./support/cluster.js";
import { example, OBJECTS, TABLE, without } from "./support/example.js";
import { BUILD_TIMEOUT, type Setting, TEST_TIMEOUT } from "./support/lab.js";
import { annotate, shares, transform, withOptions } from "./support/options.js";
import { type Run, refuse, type Stack, succeed } from "./support/stack.js";

const NO_TABLE = without(example(), "Owned by the app team");
const ALL = [OBJECTS.east, OBJECTS.west];
const TABLES = ["update shop-east-VirtualService-shop--web", "update shop-west-VirtualService-shop--web"];

describe("options of resources", function () {
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

  async function live(): Promise<string[][]> {
    return [await setting.east.objects(), await setting.west.objects()];
  }

  function annotationOf({ metadata }: LiveObject): unknown {
    return (metadata as { annotations?: Record<string, unknown> }).annotations?.["owner"];
  }

  async function up(program: string): Promise<Run> {
    stack.write(program);
    return succeed(await stack.up());
  }

  async function weight(): Promise<unknown> {
    const { spec } = await setting.east.get(TABLE);
    return (spec as { http: { route: { weight: number }[] }[] }).http[0]?.route[0]?.weight;
  }

  /** Asserts that every object of the table has an annotation, and no other object has. */
  async function assertAnnotated(owner: string): Promise<void> {
    for (const id of OBJECTS.west) {
      const expected = id.includes("shop--") ? owner : undefined;
      assert.equal(annotationOf(await setting.west.get(id)), expected, id);
    }
  }

  describe("that reach the objects", () => {
    holdStatements("Options that reach the objects", {
      "`transforms` of a resource run for each of its objects, and may change it.": async () => {
        await up(withOptions(`{ transforms: ${annotate("transforms")} }`));
        await assertAnnotated("transforms");
      },

      "`transformations` of a resource do the same.": async () => {
        await up(withOptions(`{ transformations: ${annotate("transformations")} }`));
        await assertAnnotated("transformations");
        await up(example());
      },

      "`protect` protects the objects of a resource: a run that would delete one of them fails.": async () => {
        await up(withOptions("{ protect: true }"));
        stack.write(NO_TABLE);
        for (const { text } of [refuse(await stack.preview()), refuse(await stack.up())])
          assert.match(text, /VirtualService::shop-\w+-VirtualService-shop--web" cannot be deleted/);
        assert.deepEqual(await live(), ALL);
        await up(withOptions("{ protect: false }"));
        await up(NO_TABLE);
        assert.ok(!(await setting.east.has(TABLE)));
        await up(example());
      },

      "`retainOnDelete` leaves the objects in the clusters when their resource is removed.": async () => {
        await up(withOptions("{ retainOnDelete: true }"));
        const { changes } = await up(NO_TABLE);
        assert.ok(changes.includes("delete shop-east-VirtualService-shop--web"), changes.join());
        assert.deepEqual(await live(), ALL);
        for (const [cluster, ids] of [
          [setting.east, OBJECTS.east],
          [setting.west, OBJECTS.west],
        ] as const)
          for (const id of ids.filter((each) => each.includes("shop--"))) await cluster.delete(id);
        await up(example());
      },

      "`dependsOn` orders the objects too: they are created after the dependencies of their resource, and deleted before them.":
        async () => {
          await up(NO_TABLE);
          const other = `const other = new meshway.RouteTable("other", {
            fleet, hosts: ["other.example.com"], virtualGateways: [web], http: [{ name: "ok", directResponse: { status: 200 } }],
          });\nnew meshway.RouteTable("shop", {`;
          const program = withOptions("{ dependsOn: [other] }", ['new meshway.RouteTable("shop", {', other]);
          const indexes = ({ resources }: Run, name: RegExp, at: string) =>
            resources.flatMap((event, index) => (event.at === at && name.test(event.name) ? [index] : []));
          const created = await up(program);
          const [made, begun] = [indexes(created, /^other-/, "done"), indexes(created, /^shop-/, "start")];
          assert.deepEqual([made.length, begun.length], [2, 4]);
          assert.ok(Math.max(...made) < Math.min(...begun));
          const removed = await up(NO_TABLE);
          const [gone, going] = [indexes(removed, /^shop-/, "done"), indexes(removed, /^other-/, "start")];
          assert.deepEqual([gone.length, going.length], [4, 2]);
          assert.ok(Math.max(...gone) < Math.min(...going));
          await up(example());
        },

      "`aliases` that name another parent move the objects along: none is replaced, and each records its new owner.":
        async () => {
          const before = (await setting.east.get(TABLE)).metadata.uid;
          const team = 'const team = new pulumi.ComponentResource("my:index:Team", "team");\n';
          const moved = withOptions("{ parent: team, aliases: [{ parent: pulumi.rootStackResource }] }", [
            'new meshway.RouteTable("shop", {',
            `${team}new meshway.RouteTable("shop", {`,
          ]);
          const noted = [
            "update shop-east-VirtualService-shop--web",
            "update shop-west-DestinationRule-shop--frontend--shop--east--8080",
            "update shop-west-ServiceEntry-shop--frontend--shop--east--8080--remote",
            "update shop-west-VirtualService-shop--web",
          ];
          assert.deepEqual((await up(moved)).changes, ["create team", ...noted]);
          assert.equal((await setting.east.get(TABLE)).metadata.uid, before);
          const place = '"urn:pulumi:dev::" + pulumi.getProject() + "::my:index:Team::team"';
          const { changes } = await up(withOptions(`{ aliases: [{ parent: ${place} }] }`));
          assert.deepEqual(changes, ["delete team", ...noted]);
          assert.equal((await setting.east.get(TABLE)).metadata.uid, before);
          assert.deepEqual(await live(), ALL);
        },
    });
  });

  describe("that don't", () => {
    holdStatements("Options that don't", {
      "`ignoreChanges` of a resource has no effect; set on the objects by a transform, it works.": async () => {
        await up(example());
        const ignored = '["spec", "spec.http", "http"]';
        assert.deepEqual((await up(withOptions(`{ ignoreChanges: ${ignored} }`, ...shares(80)))).changes, TABLES);
        assert.equal(await weight(), 80);
        const opts = 'pulumi.mergeOptions(args.opts, { ignoreChanges: ["spec.http"] })';
        const given = transform(`{ props: args.props, opts: ${opts} }`);
        assert.deepEqual((await up(withOptions(`{ transforms: ${given} }`, ...shares(70)))).changes, []);
        assert.equal(await weight(), 80);
      },

      "`provider` and `providers` don't select clusters: the fleet does.": async () => {
        await up(example());
        const north = 'new (require("@pulumi/kubernetes").Provider)("mine", { context: "north" })';
        for (const options of [`{ provider: ${north} }`, `{ providers: { kubernetes: ${north} } }`]) {
          const { changes } = await up(withOptions(options));
          assert.deepEqual(
            changes.filter((change) => !/ mine$/.test(change)),
            [],
          );
          assert.deepEqual([...(await live()), await setting.north.objects()], [...ALL, []]);
        }
      },

      "`protect` of one resource protects no other: `pulumi destroy` fails, but may already have deleted objects of the others.":
        async () => {
          await up(withOptions("{ protect: true }"));
          refuse(await stack.destroy());
          const [east, west] = await live();
          const ofTable = (ids: readonly string[] = []) => ids.filter((id) => id.includes("shop--"));
          assert.deepEqual([ofTable(east), ofTable(west)], ALL.map(ofTable));
          assert.ok(!east?.includes("Gateway istio-system/prod--east-west"));
          await up(withOptions("{ protect: false }"));
          assert.deepEqual(await live(), ALL);
        },
    });
  });
});
