/** What a real Envoy does where checks say that a policy or a condition has no effect. */
import assert from "node:assert/strict";
import net from "node:net";
import type { Request } from "../../sdk/nodejs/src/simulate/request.js";
import type { ModelArgs } from "../support/arbitraries/model-args.js";
import { type Answer, readAnswer } from "./rig/answer.js";
import { Rig } from "./rig/rig.js";
import { wireRequest } from "./rig/wire-request.js";
import * as world from "./rig/world.js";
import { sendAll } from "./wire/client.js";
import { headerOf, type Message } from "./wire/message.js";

/** The first run on a machine builds the lab's parts. */
const BUILD_TIMEOUT = 20 * 60_000;

/** An address at which a server takes connections and never answers. */
const SILENT = "127.0.2.9";

const HOST = "g.test";

const ORIGIN = "https://www.example.com";

function destination(app: string, policies: readonly string[]) {
  return {
    fleet: world.FLEET,
    hosts: [`${app}.global`],
    services: [{ namespace: world.POD_NAMESPACE, labels: { app } }],
    ports: [{ number: 80, protocol: "HTTP", targetPort: 9001 }],
    policies,
  };
}

function modelArgs(http: readonly object[], more: Readonly<Record<string, object>> = {}): ModelArgs {
  const args = {
    Fleet: { [world.FLEET]: { clusters: [{ name: world.CLUSTER, mesh: "NONE" }] } },
    VirtualGateway: {
      web: {
        fleet: world.FLEET,
        namespace: world.GATEWAY_NAMESPACE,
        workloads: { labels: world.PROXY_LABELS },
        listeners: [{ port: 80 }],
      },
    },
    VirtualDestination: { b: destination("b", ["by-user"]), c: destination("c", ["by-user"]) },
    ExternalService: {
      silent: {
        fleet: world.FLEET,
        namespace: world.POD_NAMESPACE,
        hosts: ["silent.example.net"],
        ports: [{ number: 80, protocol: "HTTP", targetPort: 9001 }],
        endpoints: [{ address: SILENT }],
      },
    },
    LoadBalancerPolicy: { "by-user": { consistentHash: { httpHeaderName: "x-user" } } },
    RouteTable: { t: { fleet: world.FLEET, hosts: [HOST], virtualGateways: ["web"], http } },
    ...more,
  };
  return args as unknown as ModelArgs;
}

const to = (...destinations: object[]) => ({ forwardTo: { destinations } });
const toB = to({ virtualDestination: "b" });
const direct = { directResponse: { status: 200 } };

describe("policies and conditions without effect, in a real Envoy", function () {
  this.timeout(BUILD_TIMEOUT);
  let rig: Rig;

  before(async function () {
    // elsewhere 127.0.1.1 and its like are no addresses of the machine
    if (process.platform !== "linux") this.skip();
    rig = await Rig.start();
  });

  after(() => rig?.stop());

  async function load(args: ModelArgs): Promise<void> {
    const { problem } = await rig.load(args);
    assert.equal(problem, undefined);
  }

  async function messages(requests: readonly Partial<Request>[]): Promise<readonly (Message | undefined)[]> {
    const from = { cluster: world.CLUSTER };
    const sent = requests.map((each): Request => ({ from, scheme: "http", host: HOST, port: 80, path: "/", ...each }));
    return sendAll(sent.map((each) => wireRequest(each, rig.ports, false)));
  }

  async function answers(requests: readonly Partial<Request>[]): Promise<readonly Answer[]> {
    return (await messages(requests)).map(readAnswer);
  }

  it("draws a part for each request, whatever the hash (MW0250)", async () => {
    const same = Array.from({ length: 60 }, () => ({ headers: [["x-user", "u"]] }) satisfies Partial<Request>);
    const reached = async (): Promise<number> =>
      new Set((await answers(same)).map(({ seen }) => seen?.at ?? "none")).size;
    const [b, c] = [{ virtualDestination: "b" }, { virtualDestination: "c" }];
    await load(modelArgs([{ name: "all", ...to({ ...b, weight: 50 }, { ...c, weight: 50 }) }]));
    assert.equal(await reached(), 2);
    await load(modelArgs([{ name: "all", ...to({ ...b, weight: 100 }, { ...c, weight: 0 }) }]));
    assert.equal(await reached(), 1);
  });

  it("answers no preflight request where no route with CORS takes it (MW0251)", async () => {
    const policies = ["CORSPolicy/pages"];
    const put = { name: "put", matchers: [{ uri: { prefix: "/put" }, method: "PUT" }], policies, ...toB };
    const both = {
      name: "both",
      matchers: [
        { uri: { prefix: "/both" }, method: "PUT" },
        { uri: { prefix: "/both" }, method: "OPTIONS" },
      ],
      policies,
      ...toB,
    };
    const CORSPolicy = { pages: { allowOrigins: [{ exact: ORIGIN }], allowMethods: ["PUT"] } };
    await load(modelArgs([put, both, { name: "rest", ...direct }], { CORSPolicy }));
    const headers = [
      ["origin", ORIGIN],
      ["access-control-request-method", "PUT"],
    ] as const;
    const preflight = (path: string) => ({ path, method: "OPTIONS", headers });
    const [none, some] = await answers([preflight("/put"), preflight("/both")]);
    assert.equal(none?.permission, undefined);
    assert.equal(some?.permission?.["access-control-allow-methods"], "PUT");
  });

  it("permits nothing to origins that are written in another way (MW0475)", async () => {
    const route = (name: string) => ({ name, matchers: [{ uri: { prefix: `/${name}` } }], policies: [name], ...toB });
    const CORSPolicy = {
      slash: { allowOrigins: [{ exact: `${ORIGIN}/` }] },
      bare: { allowOrigins: [{ exact: "www.example.com" }] },
      right: { allowOrigins: [{ exact: ORIGIN }] },
    };
    await load(modelArgs([route("slash"), route("bare"), route("right")], { CORSPolicy }));
    const found = await answers(["/slash", "/bare", "/right"].map((path) => ({ path, headers: [["origin", ORIGIN]] })));
    assert.deepEqual(
      found.map(({ permission }) => permission?.["access-control-allow-origin"]),
      [undefined, undefined, ORIGIN],
    );
  });

  it("compresses its own responses if they are long enough, and no redirects (MW0253)", async () => {
    const policies = ["CompressionPolicy/small"];
    const at = (path: string) => ({ name: path, matchers: [{ uri: { exact: `/${path}` } }], policies });
    const routes = [
      { ...at("long"), directResponse: { status: 200, body: "x".repeat(100) } },
      { ...at("short"), directResponse: { status: 200, body: "x".repeat(29) } },
      { ...at("moved"), redirect: { hostRedirect: "other.test" } },
    ];
    await load(modelArgs(routes, { CompressionPolicy: { small: {} } }));
    const headers = [["accept-encoding", "gzip"]] as const;
    const found = await messages(["/long", "/short", "/moved"].map((path) => ({ path, headers })));
    assert.deepEqual(
      found.map((each) => each && headerOf(each, "content-encoding")),
      ["gzip", undefined, undefined],
    );
  });

  it("matches CONNECT with no route (MW0254)", async () => {
    await load(modelArgs([{ name: "connect", matchers: [{ method: "CONNECT" }], ...direct }]));
    const [answer] = await answers([{ method: "CONNECT", path: `${HOST}:80` }]);
    assert.equal(answer?.status, 404);
  });

  it("keeps `connection` and `upgrade` for WebSocket handshakes alone (MW0218)", async () => {
    const of = (name: string, value?: string) => ({
      name: `${name}-${value ?? "present"}`,
      matchers: [{ uri: { exact: `/${name}-${value ?? "present"}` }, headers: [{ name, ...(value && { value }) }] }],
      ...direct,
    });
    const routes = [of("connection", "keep-alive"), of("connection"), of("upgrade", "websocket"), of("upgrade", "h2c")];
    await load(modelArgs([...routes, { name: "rest", ...direct }]));
    const handshake = [
      ["connection", "Upgrade"],
      ["upgrade", "websocket"],
    ] as const;
    const found = await answers([
      { path: "/connection-keep-alive", headers: [["connection", "keep-alive"]] },
      { path: "/connection-present", headers: [["connection", "keep-alive"]] },
      { path: "/connection-present", headers: handshake },
      { path: "/upgrade-websocket", headers: handshake },
      {
        path: "/upgrade-h2c",
        headers: [
          ["connection", "Upgrade"],
          ["upgrade", "h2c"],
          ["http2-settings", "a"],
        ],
      },
    ]);
    const [rest, present, websocket] = ["t/rest", "t/connection-present.m0", "t/upgrade-websocket.m0"];
    assert.deepEqual(
      found.map(({ route }) => route),
      [rest, rest, present, websocket, rest],
    );
  });

  it("tries once if a try may take as long as the request (MW0474)", async () => {
    let tries = 0;
    const sockets = new Set<net.Socket>();
    const server = net.createServer((socket) => {
      sockets.add(socket.on("error", () => socket.destroy()));
      socket.once("data", () => tries++);
    });
    await new Promise<void>((resolve) => {
      server.listen(rig.ports.get(9001), SILENT, resolve);
    });
    const route = (name: string) => ({
      name,
      matchers: [{ uri: { prefix: `/${name}` } }],
      policies: [name],
      ...to({ externalService: "silent", port: 80 }),
    });
    const retries = { attempts: 2, retryOn: "5xx" };
    const RetryTimeoutPolicy = {
      same: { requestTimeout: "1s", retries: { ...retries, perTryTimeout: "1s" } },
      below: { requestTimeout: "2s", retries: { ...retries, perTryTimeout: "200ms" } },
    };
    try {
      await load(modelArgs([route("same"), route("below")], { RetryTimeoutPolicy }));
      const count = async (path: string): Promise<readonly [number | undefined, number]> => {
        tries = 0;
        const [answer] = await answers([{ path }]);
        return [answer?.status, tries];
      };
      assert.deepEqual(await count("/same"), [504, 1]);
      assert.deepEqual(await count("/below"), [504, 3]);
    } finally {
      server.close();
      for (const socket of sockets) socket.destroy();
    }
  });
});
