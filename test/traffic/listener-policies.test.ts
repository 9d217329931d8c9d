/** Listener policies with real traffic: each acts on its port, and on no other. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { type Answer, FAILING_TRIES, type HttpCall, WAIT_MS } from "../lab/data-plane/app/messages.js";
import { Topology } from "../lab/data-plane/data-plane.js";
import { runIn } from "../lab/data-plane/network/namespaces.js";
import { poll } from "../lab/processes/poll.js";
import { headerOf } from "./support/prediction.js";
import { waitForTally } from "./support/requests.js";
import { describeTraffic, type Setting } from "./support/setting.js";

const PROGRAM = path.resolve("test/traffic/programs/listener-policies.ts");
const HOST = "shop.example.com";

/** Time limit for log lines; Envoy flushes logs every ten seconds. */
const LOG_MS = 30_000;

async function prepare(setting: Setting): Promise<void> {
  const pod = { name: "reviews", namespace: "shop", labels: { app: "reviews" }, httpPorts: [9080], grpcPorts: [9090] };
  await setting.startPods(["east", pod]);
  await setting.up(readFileSync(PROGRAM, "utf8"));
}

type Options = Pick<HttpCall, "method" | "headers" | "body">;

/** A line of the access log. */
type Line = Readonly<Record<string, unknown>>;

describeTraffic("policies of listeners", Topology.TwoNetworks, prepare, (setting) => {
  const world = () => setting().dataPlane.world;
  const gateway = () => setting().dataPlane.ingressAddress("east");
  const ask = (port: number, target: string, options: Options = {}): Promise<Answer> =>
    world().get(`http://${HOST}:${port}${target}`, { connectTo: gateway(), ...options });

  before(async () => {
    for (const port of [80, 8080, 8082])
      await waitForTally(world(), `http://${HOST}:${port}/ready`, ["reviews@east"], { connectTo: gateway() });
  });

  describe("an AccessLogPolicy", () => {
    /** Returns the policy's lines in the log of the gateway's proxy. */
    function lines(): readonly Line[] {
      const log = readFileSync(setting().dataPlane.gateways("east").ingress.proxyLogFile, "utf8");
      return log
        .split("\n")
        .filter((line) => line.startsWith("{") && line.includes('"access_log_policy"'))
        .map((line) => JSON.parse(line) as Line);
    }
    const line = (target: string): Line | undefined => lines().find((each) => each["path"] === target);

    before(async () => {
      assert.equal((await ask(80, "/usual", { headers: [["x-user", "ann"]] })).status, 200);
      assert.equal((await ask(8080, "/elsewhere", { headers: [["x-debug", "1"]] })).status, 200);
      assert.equal((await ask(80, "/broken", { headers: [[FAILING_TRIES, "9"]] })).status, 503);
      const call = { kind: "grpc", address: `${gateway()}:80`, path: "/meshway.Echo/Say", authority: HOST } as const;
      const answered = await world().call(call);
      assert.equal(answered.echo?.protocol, "grpc", JSON.stringify(answered));
      const watched = await ask(80, "/watched", {
        headers: [
          ["x-user", "ann"],
          ["x-debug", "1"],
        ],
      });
      assert.equal(watched.status, 200);
      const isLogged = await poll(async () => line("/watched") !== undefined, { timeoutMs: LOG_MS, everyMs: 200 });
      assert.ok(isLogged, `not logged: ${JSON.stringify(lines())}`);
    });

    it("logs the requests that match its filters, with the fields that it includes", () => {
      const { access_log_policy, method, authority, response_code, request_headers, response_headers } =
        line("/watched") ?? {};
      assert.deepEqual([access_log_policy, method, authority, response_code], ["unusual", "GET", HOST, 200]);
      assert.deepEqual([request_headers, response_headers], [{ "x-user": "ann" }, { "x-powered-by": "echo" }]);
      const broken = line("/broken");
      assert.deepEqual([broken?.["response_code"], broken?.["request_headers"]], [503, { "x-user": null }]);
    });

    it("logs trailers and filter state", () => {
      const { response_trailers, filter_state } = line("/meshway.Echo/Say") ?? {};
      assert.deepEqual(response_trailers, { "grpc-status": "0" });
      assert.match(JSON.stringify(filter_state), /"envoy\.filters\.http\.grpc_stats":\{.*request_message_count/i);
    });

    it("logs nothing else", () => {
      // each matching request once, and no others
      assert.deepEqual(
        lines().map((each) => each["path"]),
        ["/broken", "/meshway.Echo/Say", "/watched"],
      );
    });
  });

  describe("a ListenerConnectionPolicy", () => {
    const failingOnce = (bytes: number): Options => ({
      method: "POST",
      headers: [[FAILING_TRIES, "1"]],
      body: "x".repeat(bytes),
    });

    it("limits the buffer of a connection: larger requests are not retried", async () => {
      assert.equal((await ask(8082, "/", failingOnce(10))).status, 200);
      assert.equal((await ask(8082, "/", failingOnce(100_000))).status, 503);
      assert.equal((await ask(8082, "/", { method: "POST", body: "x".repeat(100_000) })).status, 200);
    });

    it("has no effect on other ports", async () => {
      assert.equal((await ask(8080, "/", failingOnce(100_000))).status, 200);
    });

    it("enables TCP keepalive for clients, and not on other ports", async () => {
      assert.match(await timersAt(8082), /timer:\(keepalive,(?:60|5\d)sec/);
      assert.doesNotMatch(await timersAt(8080), /keepalive/);
    });

    /** Returns the kernel's timers for a client's connection that waits for an answer. */
    async function timersAt(port: number): Promise<string> {
      const { networkNamespace } = setting().dataPlane.gateways("east").ingress;
      const answer = ask(port, "/waiting", { headers: [[WAIT_MS, "2000"]] });
      let found = "";
      const look = async (): Promise<boolean> => {
        found = await runIn(networkNamespace, "ss", ["-tnoH", "state", "established", `( sport = :${port} )`]);
        // a different timer runs while data is in flight
        return found.trim() !== "" && !found.includes("timer:(on");
      };
      assert.ok(await poll(look, { timeoutMs: 10_000, everyMs: 50 }), "no connection");
      assert.equal((await answer).status, 200);
      return found;
    }
  });

  describe("a ProxyProtocolPolicy", () => {
    const CLIENT = "198.51.100.7";
    const request = ["GET /proxied HTTP/1.1", `Host: ${HOST}`, "Connection: close", "", ""].join("\r\n");
    const raw = (port: number, header: string): Promise<Answer> =>
      world().call({ kind: "tcp", host: gateway(), port, text: `${header}\r\n${request}` });

    it("reads the client's address from the header", async () => {
      const { body } = await raw(8081, `PROXY TCP4 ${CLIENT} 203.0.113.21 40000 8081`);
      assert.match(body, /^HTTP\/1\.1 200/);
      assert.match(body, new RegExp(`\\["x-forwarded-for","${CLIENT}"\\]`, "i"));
    });

    it("closes connections without the header", async () => {
      assert.equal((await ask(8081, "/")).status, 0);
    });

    it("has no effect on other ports", async () => {
      const { status, echo } = await ask(8080, "/");
      assert.equal(status, 200);
      assert.ok(echo);
      assert.notEqual(headerOf(echo, "x-forwarded-for"), CLIENT);
      assert.match((await raw(8080, `PROXY TCP4 ${CLIENT} 203.0.113.21 40000 8080`)).body, /^HTTP\/1\.1 400/);
    });
  });
});
