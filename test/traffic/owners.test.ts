/** Who may call whom, with real traffic: what access policies and service isolation refuse, and what they leave as it is. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { applyObject, kubeRequest } from "../lab/cluster/kube-request.js";
import type { Answer, HttpCall } from "../lab/data-plane/app/messages.js";
import { Topology } from "../lab/data-plane/data-plane.js";
import type { PodSpec } from "../lab/data-plane/pods.js";
import { jwk, newSigningKey, signToken } from "../support/tokens.js";
import { from, waitForAnswer } from "./support/requests.js";
import { describeTraffic, type Setting } from "./support/setting.js";

const PROGRAM = path.resolve("test/traffic/programs/owners.ts");
const DENIED = { status: 403, body: "RBAC: access denied" };

const pod = (name: string, more: Partial<PodSpec> = {}): PodSpec => ({
  name,
  namespace: "shop",
  labels: { app: name },
  httpPorts: [9080],
  ...more,
});

async function prepare(setting: Setting): Promise<void> {
  await setting.startPods(
    ["east", pod("reviews", { httpPorts: [9080, 9090] })],
    ["west", pod("reviews")],
    ["east", pod("ratings")],
    ["east", pod("watched")],
    ["east", pod("vault")],
    ["east", pod("database", { httpPorts: [], tcpPorts: [9000] })],
    ["west", pod("terminated")],
    ["east", pod("frontend", { httpPorts: [] })],
    ["east", pod("intruder", { httpPorts: [] })],
    ["east", pod("outside-of-the-mesh", { httpPorts: [], proxy: "none" })],
    ["east", pod("lent", { namespace: "library", httpPorts: [9080, 9090] })],
    ["west", pod("lent-far", { namespace: "library" })],
    ["east", pod("kept", { namespace: "library" })],
    ["east", pod("reader", { namespace: "library", httpPorts: [] })],
    ["east", pod("clerk", { namespace: "billing", httpPorts: [] })],
  );
  await setting.up(readFileSync(PROGRAM, "utf8"));
}

describeTraffic("who may call", Topology.TwoNetworks, prepare, (setting) => {
  const client = (name: string) => setting().pod("east", name).app;
  const world = () => setting().dataPlane.world;
  const door = () => ({ connectTo: setting().dataPlane.ingressAddress("east") });
  const atDoor = (target: string, port = 80) => `http://shop.example.com:${port}${target}`;

  function assertDenied({ status, body }: Answer): void {
    assert.deepEqual({ status, body }, DENIED);
  }

  /** Sends requests to a destination until the first is answered by a pod and the second is denied. */
  async function ready(destination: string, allowed: string, denied: string, target = "/reviews"): Promise<void> {
    const url = `http://${destination}.global${target}`;
    await waitForAnswer(client(allowed), url, ({ echo }) => echo !== undefined);
    await waitForAnswer(client(denied), url, ({ status }) => status === DENIED.status);
  }

  describe("an AccessPolicy", () => {
    const call = (name: string, target: string, rest: Partial<HttpCall> = {}, destination = "reviews") =>
      client(name).get(`http://${destination}.global${target}`, rest);

    before(async () => {
      await ready("reviews", "frontend", "intruder");
      await ready("reviews-far", "frontend", "intruder");
    });

    it("lets in the identities that it names, and no others, near and from another network", async () => {
      for (const destination of ["reviews", "reviews-far"]) {
        assert.equal((await call("frontend", "/reviews", {}, destination)).echo?.pod, "reviews");
        assertDenied(await call("intruder", "/reviews", {}, destination));
      }
    });

    it("refuses other paths, methods and headers to them too", async () => {
      assert.equal((await call("frontend", "/reviews/1?page=2")).status, 200);
      assertDenied(await call("frontend", "/reviewed"));
      assertDenied(await call("frontend", "/reviews", { method: "POST" }));
      assertDenied(await call("frontend", "/reviews", { headers: [["x-stage", "testing"]] }));
      assert.equal((await call("frontend", "/reviews", { headers: [["x-stage", "prod"]] })).status, 200);
    });

    it("lets in what fits another entry", async () => {
      assert.equal((await call("intruder", "/healthz")).status, 200);
      assert.equal((await call("intruder", "/healthz", { method: "POST" })).status, 200);
    });

    it("holds at the pods, whatever name is called", async () => {
      await waitForAnswer(
        client("frontend"),
        "http://reviews-by-another-name.global/reviews",
        ({ status }) => status === 200,
      );
      assertDenied(await call("intruder", "/reviews", {}, "reviews-by-another-name"));
    });

    it("takes mutual TLS only where `tlsMode` is `STRICT`, at its ports", async () => {
      const { address } = setting().pod("east", "reviews");
      const plain = client("outside-of-the-mesh");
      assert.equal((await plain.get(`http://${address}:9080/healthz`)).status, 0);
      assert.equal((await plain.get(`http://${address}:9090/healthz`)).status, 200);
    });

    it("leaves other ports of the pods and other pods as they are", async () => {
      for (const [destination, seen] of Object.entries({ "reviews-other-port": "reviews", ratings: "ratings" })) {
        const answer = await waitForAnswer(
          client("intruder"),
          `http://${destination}.global/any`,
          ({ echo }) => echo !== undefined,
        );
        assert.equal(answer.echo?.pod, seen);
        assert.equal((await call("intruder", "/any", { method: "DELETE" }, destination)).status, 200);
      }
    });

    it("refuses nothing in a dry run, and counts what it would refuse", async () => {
      const shadows = async () => {
        const { body } = await setting()
          .pod("east", "watched")
          .app.get("http://127.0.0.1:15000/stats?filter=shadow_denied");
        return [...body.matchAll(/shadow_denied: (\d+)/g)].reduce((sum, [, count]) => sum + Number(count), 0);
      };
      await waitForAnswer(client("intruder"), "http://watched.global/", ({ echo }) => echo !== undefined);
      const before = await shadows();
      for (let sent = 0; sent < 5; sent += 1) assert.equal((await call("intruder", "/", {}, "watched")).status, 200);
      assert.equal((await call("frontend", "/", {}, "watched")).status, 200);
      assert.equal((await shadows()) - before, 5);
    });

    it("lets in the tokens that it names, which Istio verifies", async () => {
      const issuer = newSigningKey();
      const bearer = (sub: string, iss = "https://issuer.example.com") => ({
        headers: [["authorization", `Bearer ${signToken({ iss, sub }, issuer)}`]] as const,
      });
      const cluster = setting().dataPlane.lab.client("east");
      const collection = "/apis/security.istio.io/v1/namespaces/shop/requestauthentications";
      const keys = JSON.stringify({ keys: [jwk(issuer)] });
      const authentication = {
        apiVersion: "security.istio.io/v1",
        kind: "RequestAuthentication",
        metadata: { name: "vault", namespace: "shop" },
        spec: {
          selector: { matchLabels: { app: "vault" } },
          jwtRules: ["https://issuer.example.com", "https://other.example.com"].map((iss) => ({
            issuer: iss,
            jwks: keys,
          })),
        },
      };
      await applyObject(cluster, collection, authentication);
      try {
        const url = "http://vault.global/vault/1";
        await waitForAnswer(client("intruder"), url, ({ echo }) => echo?.pod === "vault", bearer("alice"));
        assertDenied(await call("intruder", "/other", bearer("alice"), "vault"));
        assertDenied(await call("intruder", "/vault/1", bearer("mallory"), "vault"));
        assertDenied(await call("intruder", "/vault/1", bearer("alice", "https://other.example.com"), "vault"));
        assertDenied(await call("intruder", "/vault/1", {}, "vault"));
        // pods without the policy ask for no token
        assert.equal((await call("intruder", "/vault/1", {}, "ratings")).status, 200);
      } finally {
        await kubeRequest(cluster, { method: "DELETE", path: `${collection}/vault` });
      }
    });

    it("closes TCP connections of others", async () => {
      const send = (name: string) =>
        client(name).call({ kind: "tcp", host: "database.global", port: 9000, text: "hello" });
      assert.equal(from(await send("frontend")), "database@east");
      assert.equal((await send("intruder")).echo, undefined);
    });

    it("sees the east-west gateway in place of callers of other networks where that ends TLS", async () => {
      for (const name of ["frontend", "intruder"]) {
        const { echo } = await waitForAnswer(
          client(name),
          "http://terminated.global/",
          ({ echo }) => echo !== undefined,
        );
        assert.equal(echo?.pod, "terminated");
      }
    });

    it("judges clients at the ports of a gateway by their addresses, or lets everyone at some paths", async () => {
      await waitForAnswer(world(), atDoor("/own"), ({ status }) => status === 200, door());
      await waitForAnswer(world(), atDoor("/own", 8000), ({ status }) => status === DENIED.status, door());
      assert.equal((await world().get(atDoor("/own"), door())).body, "own");
      assertDenied(await world().get(atDoor("/own", 8000), door()));
      assert.equal((await world().get(atDoor("/public/a", 8000), door())).body, "public");
      assertDenied(await world().get(atDoor("/public/a", 8000), { ...door(), method: "POST" }));
    });

    it("lets a gateway in by its identity", async () => {
      assert.equal((await world().get(atDoor("/reviews"), door())).echo?.pod, "reviews");
      assertDenied(await world().get(atDoor("/other"), door()));
    });
  });

  describe("service isolation", () => {
    before(async () => {
      for (const destination of ["lent", "lent-far", "kept"]) await ready(destination, "reader", "clerk", "/");
    });

    const call = (name: string, destination: string) => client(name).get(`http://${destination}.global/`);

    it("lets in callers of the own workspace", async () => {
      for (const destination of ["lent", "lent-far", "kept"])
        assert.equal((await call("reader", destination)).echo?.pod, destination);
    });

    it("lets in callers of a workspace that a destination is exported to, near and from another network", async () => {
      for (const destination of ["lent", "lent-far"])
        assert.equal((await call("frontend", destination)).echo?.pod, destination);
      assertDenied(await call("frontend", "kept"));
    });

    it("refuses callers of other workspaces, with or without an identity", async () => {
      for (const destination of ["lent", "lent-far", "kept"]) assertDenied(await call("clerk", destination));
      const { address } = setting().pod("east", "lent");
      assert.equal((await client("outside-of-the-mesh").get(`http://${address}:9080/`)).status, 0);
    });

    it("refuses them on ports of no destination too", async () => {
      const { address } = setting().pod("east", "lent");
      assert.equal((await client("outside-of-the-mesh").get(`http://${address}:9090/`)).status, 0);
    });

    it("leaves destinations of other workspaces as they are", async () => {
      assert.equal((await call("clerk", "ratings")).echo?.pod, "ratings");
    });
  });
});
