/** Mistakes in a program: what the user reads, and that no cluster sees any of it. */
import assert from "node:assert/strict";
import { example, without } from "./support/example.js";
import { BUILD_TIMEOUT, cleanLab, type Setting, TEST_TIMEOUT } from "./support/lab.js";
import { newStack, type Run, refuse, type Stack, succeed } from "./support/stack.js";

const TABLE = `// Owned by the app team: which requests go where.
new meshway.RouteTable("shop", {
  fleet,
  hosts: ["shop.example.org", "sh op.example.com"],
  virtualGateways: [web],
  http: [
    { name: "sum", matchers: [{ uri: { prefix: "/sum" } }], forwardTo: { destinations: [
      { virtualDestination: reviews, subset: { version: "v1" }, weight: 60 },
      { virtualDestination: reviews, subset: { version: "v2" }, weight: 30 },
    ] } },
    { name: "sum", matchers: [{ uri: { prefix: "/again" } }], directResponse: { status: 200 } },
    { name: "range", matchers: [{ uri: { prefix: "/range" } }], directResponse: { status: 999 } },
    { name: "typo", matchers: [{ uri: { prefix: "/typo" } }], directReponse: { status: 200 } },
    { name: "far", matchers: [{ uri: { prefix: "/far" } }], forwardTo: { destinations: [
      { service: { name: "frontend", namespace: "shop", cluster: "eats" }, port: 80 },
    ] } },
    { name: "regex", matchers: [{ uri: { regex: "/(?=x)" } }], directResponse: { status: 200 } },
    { name: "port", matchers: [{ uri: { prefix: "/port" } }], forwardTo: { destinations: [
      { virtualDestination: reviews, port: 81 },
    ] } },
    { name: "subset", matchers: [{ uri: { prefix: "/subset" } }], forwardTo: { destinations: [
      { virtualDestination: reviews, subset: { version: "v3" } },
    ] } },
  ],
});
`;

/** Code, and place in the table. */
const FINDINGS = [
  "MW0301 hosts[0]",
  "MW0303 hosts[1]",
  "MW0202 http[1].name",
  "MW0203 http[0].forwardTo.destinations",
  "MW0104 http[2].directResponse.status",
  "MW0101 http[3].directReponse",
  // follows from the typo
  "MW0106 http[3]",
  "MW0501 http[4].forwardTo.destinations[0].service.cluster",
  "MW0204 http[5].matchers[0].uri.regex",
  "MW0502 http[6].forwardTo.destinations[0].port",
  "MW0509 http[7].forwardTo.destinations[0].subset",
];

describe("mistakes in a program", function () {
  this.timeout(TEST_TIMEOUT);
  let setting: Setting;
  let stack: Stack;

  before(async function () {
    this.timeout(BUILD_TIMEOUT);
    setting = await cleanLab();
    stack = await newStack({ lab: setting.lab, program: example() });
  });

  after(() => stack.destroy());

  function findingsIn({ text }: Run, subject: string): string[] {
    const place = new RegExp(`error\\[(MW\\d{4})\\]: .*\\n +at ${subject}, (.*)`, "g");
    return [...new Set([...text.matchAll(place)].map(([, code, path]) => `${code} ${path}`))];
  }

  /** Runs preview and an up that previews first, neither of which may look like a crash or reach a cluster. */
  async function bothRefuse(program: string): Promise<Run[]> {
    stack.write(program);
    const runs = [refuse(await stack.preview()), refuse(await stack.up("--skip-preview=false"))];
    for (const { text } of runs) {
      assert.doesNotMatch(text, /TypeError|^ *at .*:\d+:\d+|node_modules|error serializing|unhandled/im);
    }
    assert.deepEqual([await setting.east.objects(), await setting.west.objects()], [[], []]);
    return runs;
  }

  it("are told all at once, with code, place and remedy", async () => {
    for (const run of await bothRefuse(without(example(), "Owned by the app team") + TABLE)) {
      assert.deepEqual(findingsIn(run, "RouteTable `shop`").sort(), [...FINDINGS].sort());
      assert.match(run.text, /did you mean `directResponse`/);
      assert.match(run.text, /did you mean `east`/);
      assert.match(run.text, /sends 90% of its traffic, expected 100%\n.*\n +found weights 60, 30\n +help: add 10/);
      const said = run.diagnostics.filter(({ severity }) => severity === "error");
      assert.deepEqual([...new Set(said.map(({ urn }) => urn.split("::").at(-1)))], ["shop"]);
    }
  });

  it("of all resources are told by one preview, each under its resource, and nothing that only follows from them", async () => {
    const program = example(
      ["port: 80, httpsRedirect", "port: 443, httpsRedirect"],
      ["ports: [{ number: 80,", 'ports: [{ number: "80" as unknown as number,'],
      ["weight: 90", 'weight: "90" as unknown as number'],
    );
    const fine = 'new meshway.RouteTable("fine", { fleet, hosts: ["f.example.com"], virtualGateways: [web], http: [';
    const table = `${fine}{ name: "ok", directResponse: { status: 200 } }] });`;
    for (const run of await bothRefuse(`${program}\n${table}`)) {
      assert.deepEqual(findingsIn(run, "VirtualGateway `web`"), ["MW0304 listeners[1].port"]);
      assert.deepEqual(findingsIn(run, "VirtualDestination `reviews`"), ["MW0102 ports[0].number"]);
      assert.deepEqual(findingsIn(run, "RouteTable `shop`"), ["MW0102 http[0].forwardTo.destinations[0].weight"]);
      const said = run.diagnostics.filter(({ severity }) => severity === "error");
      const named = said.map(({ urn }) => urn.split("::").at(-1));
      assert.deepEqual(named.sort(), ["reviews", "shop", "web"]);
    }
  });

  it("of a fleet don't hide those of other resources", async () => {
    const program = example(['context: "east"', 'kubeconfig: "/nowhere/east.yaml"'], ["weight: 90", "weight: 80"]);
    for (const run of await bothRefuse(program)) {
      assert.deepEqual(findingsIn(run, "Fleet `prod`"), ["MW0514 clusters[0].kubeconfig"]);
      assert.deepEqual(findingsIn(run, "RouteTable `shop`"), ["MW0203 http[0].forwardTo.destinations"]);
    }
  });

  it("keep every object of their resource away, even where nobody asked for a preview", async () => {
    stack.write(without(example(), "Owned by the app team") + TABLE);
    const run = refuse(await stack.up());
    assert.deepEqual(findingsIn(run, "RouteTable `shop`").sort(), [...FINDINGS].sort());
    const objects = [...(await setting.east.objects()), ...(await setting.west.objects())];
    assert.deepEqual(
      objects.filter((id) => id.includes("shop--")),
      [],
    );
    // what the program declares before the mistake may be there: Pulumi applies resources one by one
    succeed(await stack.destroy());
  });

  it("are told for an empty table, values of a wrong type, and a network without an entrance", async () => {
    const program = example(
      ['eastWestGateway: { addresses: ["203.0.113.10"] },', ""],
      ["weight: 90", 'weight: "90" as unknown as number'],
      ["ports: [{ number: 80,", 'ports: [{ number: "80" as unknown as number,'],
    );
    const empty =
      'new meshway.RouteTable("empty", { fleet, hosts: ["e.example.com"], virtualGateways: [web], http: [] });';
    for (const run of await bothRefuse(program)) {
      assert.deepEqual(findingsIn(run, "VirtualDestination `reviews`"), [
        "MW0102 ports[0].number",
        "MW0503 services[0]",
      ]);
      assert.match(run.text, /found the string `80`, expected a number/);
    }
    for (const run of await bothRefuse(`${example()}\n${empty}`))
      assert.deepEqual(findingsIn(run, "RouteTable `empty`"), ["MW0201 http"]);
    for (const run of await bothRefuse(example(["weight: 90", 'weight: "90" as unknown as number'])))
      assert.deepEqual(findingsIn(run, "RouteTable `shop`"), ["MW0102 http[0].forwardTo.destinations[0].weight"]);
  });

  it("are told of a kubeconfig that is not there", async () => {
    const program = example(['context: "east"', 'kubeconfig: "/nowhere/east.yaml"']);
    for (const run of await bothRefuse(program)) {
      assert.deepEqual(findingsIn(run, "Fleet `prod`"), ["MW0514 clusters[0].kubeconfig"]);
      assert.match(run.text, /\/nowhere\/east\.yaml.*there is no such file/);
    }
  });

  it("are told of a context that the kubeconfig lacks", async () => {
    for (const run of await bothRefuse(example(['context: "west"', 'context: "wset"']))) {
      assert.deepEqual(findingsIn(run, "Fleet `prod`"), ["MW0514 clusters[1].context"]);
      assert.match(run.text, /no context `wset` \(it has: east, north, west\)/);
    }
  });
});

describe("a mistake in a value that another resource gives", function () {
  this.timeout(TEST_TIMEOUT);

  it("is told as clearly, and keeps the objects of its resource from being applied", async function () {
    this.timeout(BUILD_TIMEOUT);
    const { lab, east, west } = await cleanLab();
    const bad = example(['hosts: ["shop.example.com"]', 'hosts: [pulumi.output("sh op.example.com")]']);
    const stack = await newStack({ lab, program: `import * as pulumi from "@pulumi/pulumi";\n${bad}` });
    for (const { text, changes } of [refuse(await stack.preview()), refuse(await stack.up())]) {
      assert.match(
        text,
        /error: *\n? *error\[MW0303\]: host `sh op\.example\.com`.*\n +at RouteTable `shop`, hosts\[0\]/,
      );
      assert.doesNotMatch(text, /TypeError|^ *at .*:\d+:\d+|node_modules|error serializing|unhandled/im);
      assert.deepEqual(
        changes.filter((change) => /^create shop-/.test(change)),
        [],
      );
    }
    for (const cluster of [east, west]) {
      const objects = await cluster.objects();
      assert.deepEqual(
        objects.filter((id) => id.includes("shop--")),
        [],
      );
    }
    await stack.destroy();
  });
});
