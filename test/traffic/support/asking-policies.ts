/** Policies of examples/policies that send requests of their own: copies, and calls to servers. */
import assert from "node:assert/strict";
import type { Answer, Echo, HttpCall } from "../../lab/data-plane/app/messages.js";
import type { Pod, PodSpec } from "../../lab/data-plane/pods.js";
import { poll } from "../../lab/processes/poll.js";
import { headerOf } from "./prediction.js";
import { waitForAnswer } from "./requests.js";
import type { Setting } from "./setting.js";

/** Pods that policies send requests to. */
export const ASKED_PODS: readonly (readonly [cluster: string, spec: PodSpec])[] = [
  ["east", { name: "next", namespace: "shop", labels: { app: "next" }, httpPorts: [9080] }],
  [
    "east",
    { name: "authorizer", namespace: "shop", labels: { app: "authorizer" }, httpPorts: [8080], grpcPorts: [9000] },
  ],
  ["east", { name: "limiter", namespace: "shop", labels: { app: "limiter" }, grpcPorts: [8081] }],
];

type Options = Pick<HttpCall, "method" | "headers" | "body">;

/** Declares suites; `ask` sends a request to the table `shop`. */
export function describeAskingPolicies(
  setting: () => Setting,
  ask: (target: string, options?: Options) => Promise<Answer>,
): void {
  describeCopies(
    () => setting().pod("east", "next"),
    ask,
    (target, count) => {
      const { world } = setting().dataPlane;
      const connectTo = setting().dataPlane.ingressAddress("east");
      const call = { kind: "http" as const, url: `http://shop.example.com${target}`, connectTo };
      return world.calls(Array.from({ length: count }, () => call));
    },
  );

  const member = (target: string, user?: string, cluster = "east"): Promise<Answer> =>
    setting().dataPlane.world.get(`http://members.example.com${target}`, {
      connectTo: setting().dataPlane.ingressAddress(cluster),
      ...(user !== undefined && { headers: [["x-user", user]] }),
    });
  const waitForStatus = (target: string, user: string, status: number, cluster = "east"): Promise<Answer> =>
    waitForAnswer(
      setting().dataPlane.world,
      `http://members.example.com${target}`,
      (answer) => answer.status === status,
      {
        connectTo: setting().dataPlane.ingressAddress(cluster),
        headers: [["x-user", user]],
      },
    );

  describe("an ExtAuthPolicy", () => {
    it("passes requests that the authorizer allows over gRPC, with its headers and the policy's", async () => {
      const { echo } = await waitForStatus("/account", "ada", 200);
      assert.ok(echo);
      assert.equal(headerOf(echo, "x-verified"), "ada of gold");
    });

    it("answers the others as the authorizer says", async () => {
      const { status, body, headers, echo } = await member("/account", "mallory");
      assert.deepEqual([status, body, headers["x-reason"], echo], [403, "refused", "not you", undefined]);
      assert.equal((await member("/account")).headers["x-reason"], "who are you");
    });

    it("also asks when the gateway answers directly", async () => {
      assert.deepEqual([(await member("/terms", "ada")).body, (await member("/terms")).status], ["terms", 403]);
    });

    it("asks over HTTP with the headers that it lists, and passes on the ones that it lists", async () => {
      const allowed = await waitForStatus("/form/a?b=c", "ada", 200);
      assert.ok(allowed.echo);
      assert.equal(headerOf(allowed.echo, "x-verified"), "ada");
      const { status, body, headers } = await member("/form", "mallory");
      assert.deepEqual(
        [status, body, headers["x-reason"], headers["x-inside"]],
        [403, "refused", "not you", undefined],
      );
      const questions = (await setting().pod("east", "authorizer").app.seen()).filter(
        ({ path }) => path === "/authorize/form/a?b=c",
      );
      const asked = questions.at(-1);
      assert.ok(asked);
      assert.deepEqual([headerOf(asked, "x-caller"), headerOf(asked, "host")], ["web", "members.example.com"]);
    });

    it("asks an authorizer on another network", async () => {
      const { echo } = await waitForStatus("/account", "ada", 200, "west");
      assert.ok(echo);
      assert.equal(headerOf(echo, "x-verified"), "ada of gold");
      assert.equal((await member("/account", "mallory", "west")).status, 403);
    });

    it("has no effect on routes that don't list it", async () => {
      const { status, echo } = await member("/rest", "mallory");
      assert.ok(echo);
      assert.deepEqual([status, headerOf(echo, "x-verified"), headerOf(echo, "x-user")], [200, "", "mallory"]);
    });

    it("rejects requests, or passes them, while the authorizer is down", async () => {
      const { echo } = await waitForStatus("/preview", "ada", 200);
      assert.equal(echo && headerOf(echo, "x-verified"), "ada");
      await setting().pod("east", "authorizer").kill();
      await waitForStatus("/account", "ada", 503);
      const passed = await member("/preview", "mallory");
      assert.ok(passed.echo);
      assert.deepEqual([passed.status, headerOf(passed.echo, "x-verified")], [200, ""]);
    });
  });

  describe("a RateLimitPolicy with a server", () => {
    const statuses = async (target: string, user: string | undefined, count: number): Promise<readonly number[]> => {
      const found: number[] = [];
      for (let sent = 0; sent < count; sent++) found.push((await member(target, user)).status);
      return found;
    };

    it("allows as many requests as the server says, per user and across all clusters", async () => {
      await waitForAnswer(
        setting().dataPlane.world,
        "http://members.example.com/search",
        ({ status }) => status === 429,
        {
          connectTo: setting().dataPlane.ingressAddress("east"),
          headers: [["x-user", "early"]],
        },
      );
      assert.deepEqual(await statuses("/search", "ada", 2), [200, 200]);
      assert.equal((await member("/search", "ada", "west")).status, 200);
      assert.deepEqual(await statuses("/search", "ada", 2), [429, 429]);
      assert.equal((await member("/search", "ada", "west")).status, 429);
      assert.deepEqual(await statuses("/search", "bob", 4), [200, 200, 200, 429]);
    });

    it("counts no requests that lack its descriptor", async () => {
      assert.deepEqual(await statuses("/search", undefined, 5), [200, 200, 200, 200, 200]);
    });

    it("has no effect on routes that don't list it", async () => {
      assert.deepEqual([...new Set(await statuses("/rest", "ada", 6))], [200]);
    });

    it("rejects requests, or passes them, while the server is down", async () => {
      await setting().pod("east", "limiter").kill();
      await waitForStatus("/search", "ada", 500);
      assert.deepEqual([...new Set(await statuses("/browse", "ada", 6))], [200]);
    });
  });
}

function describeCopies(
  next: () => Pod,
  ask: (target: string, options?: Options) => Promise<Answer>,
  askInTurn: (target: string, count: number) => Promise<readonly Answer[]>,
): void {
  describe("a MirrorPolicy", () => {
    const copies = async (target: string): Promise<readonly Echo[]> =>
      (await next().app.seen()).filter(({ path }) => path === target);
    const waitForCopies = async (target: string, count: number): Promise<readonly Echo[]> => {
      await poll(async () => (await copies(target)).length >= count, { timeoutMs: 30_000, everyMs: 50 });
      return copies(target);
    };

    before(async () => {
      // a copy without a receiver is lost, and no answer shows it
      const isCopied = async (): Promise<boolean> => {
        await ask("/tried/early");
        return (await copies("/tried/early")).length > 0;
      };
      assert.ok(await poll(isCopied, { timeoutMs: 60_000, everyMs: 100 }));
    });

    it("copies requests as they are forwarded, and returns the original's answer", async () => {
      const answer = await ask("/tried/1", { method: "POST", body: "one" });
      assert.equal(answer.echo?.labels["app"], "reviews");
      const [copy, ...more] = await waitForCopies("/tried/1", 1);
      assert.ok(copy);
      assert.deepEqual([copy.method, more], ["POST", []]);
      assert.deepEqual([headerOf(copy, "x-team"), headerOf(copy, "host")], ["shop", "shop.example.com"]);
    });

    it("still answers while copies fail", async () => {
      await next().app.behave({ status: 500 });
      assert.equal((await ask("/tried/2")).status, 200);
      assert.equal((await waitForCopies("/tried/2", 1)).length, 1);
      await next().app.behave({ status: 200 });
    });

    it("copies its share of the requests", async () => {
      const count = 300;
      const answers = await askInTurn("/sampled", count);
      assert.deepEqual([...new Set(answers.map(({ echo }) => echo?.labels["app"]))], ["reviews"]);
      // 30 of 100; beyond these bounds once in a million runs
      const found = await waitForCopies("/sampled", 52);
      assert.ok(found.length >= 52 && found.length < 130, `${found.length} of ${count}`);
    });

    it("copies nothing of other routes, or with a share of 0", async () => {
      for (let sent = 0; sent < 20; sent++)
        for (const target of ["/rest/none", "/silent"]) assert.equal((await ask(target)).status, 200);
      // arrives after any copies of the earlier requests
      await ask("/tried/last");
      await waitForCopies("/tried/last", 1);
      assert.deepEqual([...(await copies("/rest/none")), ...(await copies("/silent"))], []);
    });
  });
}
