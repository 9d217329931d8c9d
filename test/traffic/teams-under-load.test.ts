/**
 * One team makes changes that are refused and changes that are accepted while another team sends requests: none of
 * these fails or reaches the wrong pod.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { App } from "../lab/data-plane/app/app.js";
import type { HttpCall } from "../lab/data-plane/app/messages.js";
import { Topology } from "../lab/data-plane/data-plane.js";
import type { PodSpec } from "../lab/data-plane/pods.js";
import { poll } from "../lab/processes/poll.js";
import { type Caller, RATE } from "./support/constant-load.js";
import { failures, waitForAnswer } from "./support/requests.js";
import { describeTraffic, type Setting } from "./support/setting.js";

const PROGRAM = readFileSync(path.resolve("test/traffic/programs/teams.ts"), "utf8");

/** Declarations that the shop always has. */
const SHOP = `const reviews = new meshway.VirtualDestination("reviews", {
  fleet, workspace: shop, hosts: ["reviews.global"], services: pods("shop", "reviews"), ports,
});
const toReviews = { forwardTo: { destinations: [{ virtualDestination: reviews }] } };`;

/** The shop's table, with these fields of its only route and further fields of its own. */
const table = (route: string, more = "", name = "shop"): string => `new meshway.RouteTable("${name}", {
  fleet, workspace: shop, hosts: ["shop.example.com"], virtualGateways: [web], ${more}
  http: [{ name: "all", ...toReviews, ${route} }],
});`;
const matched = (matcher: string): string => table(`matchers: [${matcher}]`);
const forwarded = (more: string, matcher = '{ uri: { prefix: "/a" } }'): string =>
  table(`matchers: [${matcher}], forwardTo: { destinations: [{ virtualDestination: reviews }], ${more} }`);
const headers = (change: string): string =>
  `const headers = new meshway.HeaderManipulationPolicy("headers", { ${change} });\n${table("policies: [headers]")}`;
const external = (fields: string): string => `new meshway.ExternalService("es", {
  fleet, workspace: shop, namespace: "shop", ports: [{ number: 80, protocol: "HTTP" }], ${fields}
});`;
const destination = (fields: string): string => `new meshway.VirtualDestination("vd", {
  fleet, workspace: shop, hosts: ["vd.global"], services: pods("shop", "reviews"), ports, ${fields}
});`;
const refused = (codes: string): RegExp => new RegExp(`error\\[(${codes})\\]`);

const TO_CATALOG =
  'forwardTo: { destinations: [{ service: { name: "catalog", namespace: "library", cluster: "east" }, port: 80 }] }';
/** A table for sidecars in a namespace, with one host. */
const inside = (host: string, namespace: string): string => `new meshway.RouteTable("inside", {
  fleet, workspace: shop, hosts: ["${host}"], sidecars: { namespaces: ["${namespace}"] },
  http: [{ name: "all", ...toReviews }],
});`;

/** Attempts of the shop, with the error of the preview and the run. */
const REFUSED: readonly (readonly [what: string, text: string, says: RegExp])[] = [
  [
    "a header with an operator that does not exist",
    headers(`setRequestHeaders: { "x-a": "%NOPE%" }`),
    refused("MW0262"),
  ],
  [
    "a header with an operator that lacks its argument",
    headers(`setRequestHeaders: { "x-a": "%REQ%" }`),
    refused("MW0262"),
  ],
  [
    "a header with the proxy's environment",
    headers(`setResponseHeaders: { "x-a": "%ENVIRONMENT(HOME)%" }`),
    refused("MW0263"),
  ],
  ["a header of 17 kB", headers(`setRequestHeaders: { "x-a": "a".repeat(17_000) }`), refused("MW\\d+")],
  ["the length of requests", headers(`setRequestHeaders: { "content-length": "1" }`), refused("MW0264")],
  ["a header of Envoy's", headers(`setRequestHeaders: { "x-envoy-retry-on": "5xx" }`), refused("MW0264")],
  ["an expression beyond Latin-1", matched(`{ uri: { regex: "/\\\\x{100}.*" } }`), refused("MW0260")],
  [
    "an expression that is too large",
    matched(`{ uri: { regex: "/((a{1,100}){1,100}){1,5}" } }`),
    refused("MW0204|MW0261"),
  ],
  ["a path with a line break", forwarded(`pathRewrite: "/a\\nb"`), refused("MW0110")],
  ["the other team's host", table("", "").replace("shop.example.com", "books.example.com"), refused("MW03\\d\\d")],
  [
    "the other team's gateway",
    table("").replace("[web]", "[desk]").replace("shop.example", "desk.example"),
    refused("MW03\\d\\d"),
  ],
  [
    "what the other team does not lend",
    table("").replace("...toReviews", "forwardTo: { destinations: [{ virtualDestination: ledger }] }"),
    refused("MW0602"),
  ],
  ["a Service of the other team", table("").replace("...toReviews", TO_CATALOG), refused("MW0602|MW0604|MW0630")],
  [
    "the same without saying whose it is",
    table("").replace("workspace: shop, ", "").replace("...toReviews", TO_CATALOG),
    refused("MW\\d+"),
  ],
  [
    "a name of the other team's Service",
    external(`hosts: ["catalog.library.svc.cluster.local"], endpoints: [{ address: "192.0.2.7" }]`),
    refused("MW0631"),
  ],
  [
    "a short name of it",
    external(`hosts: ["catalog.library"], endpoints: [{ address: "192.0.2.7" }]`),
    refused("MW0631"),
  ],
  [
    "the other team's virtual destination",
    external(`hosts: ["catalog.global"], exportTo: ["library"], endpoints: [{ address: "192.0.2.7" }]`),
    refused("MW0632|MW0506"),
  ],
  ["a wildcard over it", external(`hosts: ["*.global"], endpoints: [{ address: "192.0.2.7" }]`), refused("MW\\d+")],
  [
    "an endpoint on the proxy itself",
    external(`hosts: ["es.example.org"], endpoints: [{ address: "127.0.0.1" }]`),
    refused("MW0633"),
  ],
  [
    "addresses of pods",
    external(
      `hosts: ["es.example.org"], addresses: ["10.0.0.0/8"], exportTo: ["*"], endpoints: [{ address: "192.0.2.7" }]`,
    ),
    refused("MW0634"),
  ],
  ["the other team's sidecars", inside("catalog.global", "library"), refused("MW06\\d\\d")],
  [
    "the other team's sidecars, trimmed",
    `new meshway.TrimProxyConfigPolicy("trim", {
      fleet, workloads: { namespace: "library" }, includedDestinations: [{ virtualDestination: reviews }],
    });`,
    refused("MW06\\d\\d"),
  ],
  [
    "the other team's pods",
    destination(`services: pods("library", "catalog")`).replace(`services: pods("shop", "reviews"), `, ""),
    refused("MW0601|MW0630"),
  ],
  [
    "its pods, without saying whose it is",
    destination(`services: pods("library", "catalog")`)
      .replace(`services: pods("shop", "reviews"), `, "")
      .replace("workspace: shop, ", ""),
    refused("MW0630"),
  ],
];

const ACCEPTED: readonly (readonly [what: string, text: string])[] = [
  ["a table", table("")],
  ["a table with an expression", matched(`{ uri: { regex: "/[a-z]{1,40}/\\\\x{e9}.*" } }`)],
  ["headers with operators", headers(`setRequestHeaders: { "x-a": "%REQ(x-b)% %PROTOCOL%", "x-c": "100 %%" }`)],
  ["a rewritten path", forwarded(`pathRewrite: "/b%20c"`)],
  [
    "what the other team lends",
    table("").replace("...toReviews", "forwardTo: { destinations: [{ virtualDestination: catalog }] }"),
  ],
  ["an external service", external(`hosts: ["es.example.org"], endpoints: [{ address: "192.0.2.7" }]`)],
  ["a second destination", destination("")],
  ["its own sidecars", inside("reviews.global", "shop")],
  ["its table in the gateway's namespace, by the operators' consent", table("", `namespace: "gateways",`)],
  ["its table back in its own", table("")],
  ["nothing", ""],
];

/** Returns the program with an attempt of the shop; the operators declare the consent. */
function tried(text: string): string {
  const consent = `const shopTeam = new meshway.Workspace("shop", {
  fleet, workloadClusters: [{ namespaces: [{ name: "shop" }] }], mayClaim: { namespaces: ["gateways"] },
});`;
  const base = text.includes(`namespace: "gateways"`)
    ? PROGRAM.replace("const [operators, shopTeam, libraryTeam]", "const [operators, , libraryTeam]")
        .replace("const library = new", `${consent}\nconst library = new`)
        .replace(`team("shop", "shop")`, "undefined")
    : PROGRAM;
  return `${base}\n${SHOP}\n${text}\n`;
}

const pod = (app: string, namespace: string, more: Partial<PodSpec> = {}): PodSpec => ({
  name: app,
  namespace,
  labels: { app },
  httpPorts: [9080],
  ...more,
});

/** A place outside the clusters that calls the library's own gateway. */
const GUEST = "203.0.113.61";
const guests = new WeakMap<Setting, App>();

async function prepare(setting: Setting): Promise<void> {
  await setting.startPods(
    ["east", pod("catalog", "library")],
    ["east", pod("ledger", "library")],
    ["east", pod("reader", "library", { httpPorts: [] })],
    ["east", pod("reviews", "shop")],
  );
  guests.set(setting, await setting.dataPlane.startOutsider("guest", { address: GUEST }));
  await setting.up(PROGRAM);
}

describeTraffic("two teams on the same proxies", Topology.TwoNetworks, prepare, (setting) => {
  /** The library's requests, with the pod that answers each. */
  const callers = (): (readonly [Caller, string])[] => {
    const { dataPlane } = setting();
    const connectTo = dataPlane.ingressAddress("east");
    const outside = (url: string): Caller => [dataPlane.world, { kind: "http", url, connectTo } satisfies HttpCall];
    const inside: HttpCall = { kind: "http", url: "http://catalog.global/" };
    return [
      [outside("http://books.example.com/"), "catalog@east"],
      [[setting().pod("east", "reader").app, inside], "catalog@east"],
      [
        [guests.get(setting()) as App, { kind: "http", url: "http://desk.example.com:8000/", connectTo }],
        "ledger@east",
      ],
    ];
  };

  /** Does something while the library's requests continue; fails unless the library's pod answers each. */
  async function undisturbed(act: () => Promise<void>, who = callers()): Promise<void> {
    for (const [[app, { url, kind: _, ...rest }]] of who)
      await waitForAnswer(app, url, ({ status }) => status === 200, rest as object);
    for (const [[app, call]] of who) await app.startLoad({ call, concurrency: 4, rate: RATE });
    await act();
    for (const [[app, { url }], expected] of who) {
      const { length } = await app.loadRecords();
      await poll(async () => (await app.loadRecords()).length > length + RATE, { timeoutMs: 60_000, everyMs: 100 });
      const records = await app.stopLoad();
      const others = records.filter(([, , status, , by]) => status === 200 && by !== expected);
      console.log(
        `      ${url}: ${records.length} requests, failed ${JSON.stringify(failures(records))}, ` +
          `by others ${others.length}`,
      );
      assert.ok(records.length > RATE);
      assert.deepEqual([failures(records), others], [{}, []]);
    }
  }

  it("the other team's requests continue unchanged while each of these is refused", () =>
    undisturbed(async () => {
      for (const [what, text, says] of REFUSED) {
        setting().stack.write(tried(text));
        // no preview, which reports the same: refused changes must not be applied even so
        const { code, text: said } = await setting().stack.up();
        assert.notEqual(code, 0, `${what} is accepted`);
        assert.match(said, says, what);
      }
    })).timeout(20 * 60_000);

  for (const [what, text] of ACCEPTED)
    it(`the other team's requests continue unchanged while ${what} is applied`, () =>
      undisturbed(() => setting().up(tried(text))));

  it("its own requests are answered, too, while its table moves to another namespace and back", async () => {
    const { world } = setting().dataPlane;
    const call: HttpCall = {
      kind: "http",
      url: "http://shop.example.com/",
      connectTo: setting().dataPlane.ingressAddress("east"),
    };
    await setting().up(tried(table("")));
    for (const more of [`namespace: "gateways",`, ""])
      await undisturbed(() => setting().up(tried(table("", more))), [[[world, call], "reviews@east"]]);
  });
});
