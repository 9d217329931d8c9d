/** How a LoadBalancerPolicy chooses among pods: by hashes of requests, and in turn. */
import assert from "node:assert/strict";
import type { Answer, HttpCall } from "../../lab/data-plane/app/messages.js";
import { from, tally, waitForTally } from "./requests.js";
import type { Setting } from "./setting.js";

/** How many values tell hashes from chance: that all of them fall on one of three pods happens once in 10^18 runs. */
const VALUES = 40;

/** Declares a suite; `pods` are those behind the destinations of test/traffic/programs/destination-policies.ts. */
export function describeLoadBalancing(setting: () => Setting, pods: readonly string[]): void {
  const client = () => setting().pod("east", "client").app;

  describe("a LoadBalancerPolicy", () => {
    const world = () => setting().dataPlane.world;
    const door = () => ({ connectTo: setting().dataPlane.ingressAddress("east") });
    type Variation = (value: string) => Partial<Pick<HttpCall, "headers">> & { readonly query?: string };

    /** Ways to send a request: through the gateway, and from a sidecar. */
    const ways: Readonly<Record<string, (choice: string, variation: ReturnType<Variation>) => Promise<Answer>>> = {
      "the gateway": (choice, { query = "", ...rest }) =>
        world().get(`http://shop.example.com/${choice}${query}`, { ...door(), ...rest }),
      "a sidecar": (choice, { query = "", ...rest }) =>
        client().get(`http://chosen-by-${choice === "plain" ? "nothing" : choice}.global/${query}`, rest),
    };

    /** The pods that answer some requests with each value. */
    async function podsBy(variation: Variation, choice: string, way: string): Promise<readonly (readonly string[])[]> {
      const send = ways[way];
      assert.ok(send);
      const all: string[][] = [];
      for (let value = 0; value < VALUES; value += 1) {
        const answers: Answer[] = [];
        for (let sent = 0; sent < 4; sent += 1) answers.push(await send(choice, variation(`value-${value}`)));
        all.push([...new Set(answers.map(from))]);
      }
      return all;
    }

    const variations: Readonly<Record<string, Variation>> = {
      header: (value) => ({ headers: [["x-user", value]] }),
      cookie: (value) => ({ headers: [["cookie", `session=${value}`]] }),
      query: (value) => ({ query: `?user=${value}` }),
    };

    before(async () => {
      for (const choice of ["plain", "header", "cookie", "query", "turn"])
        await waitForTally(world(), `http://shop.example.com/${choice}`, pods, door());
    });

    for (const way of Object.keys(ways)) {
      for (const [choice, variation] of Object.entries(variations)) {
        it(`sends requests with the same ${choice} to the same pod, through ${way}`, async () => {
          const found = await podsBy(variation, choice, way);
          assert.ok(
            found.every((chosen) => chosen.length === 1),
            JSON.stringify(found),
          );
          assert.deepEqual([...new Set(found.flat())].sort(), pods, "different values reach different pods");
        });
      }

      it(`is what keeps them together, through ${way}`, async () => {
        for (const variation of Object.values(variations)) {
          const found = await podsBy(variation, "plain", way);
          assert.ok(found.some((chosen) => chosen.length > 1));
        }
      });
    }

    it("chooses the same pod in the gateway and in a sidecar", async () => {
      const variation = variations["header"] as Variation;
      const [first, second] = [
        await podsBy(variation, "header", "the gateway"),
        await podsBy(variation, "header", "a sidecar"),
      ];
      assert.deepEqual(first, second);
    });

    it("makes the cookie where a request has none", async () => {
      const first = await world().get("http://shop.example.com/cookie", door());
      const made = first.headers["set-cookie"] ?? "";
      assert.match(made, /^session="?[0-9a-f]+"?; Max-Age=60; Path=\/; HttpOnly$/);
      const cookie = made.split(";")[0] ?? "";
      for (let sent = 0; sent < 10; sent += 1) {
        const again = await world().get("http://shop.example.com/cookie", { ...door(), headers: [["cookie", cookie]] });
        assert.deepEqual([from(again), again.headers["set-cookie"]], [from(first), undefined]);
      }
    });

    it("spreads requests evenly with ROUND_ROBIN", async () => {
      const counts = await tally(client(), "http://chosen-in-turn.global/", 60);
      assert.deepEqual([...counts.keys()].sort(), pods);
      // each worker thread of the proxy takes turns of its own, so that parts differ a little
      for (const count of counts.values()) assert.ok(count >= 10 && count <= 35, JSON.stringify([...counts]));
    });
  });
}
