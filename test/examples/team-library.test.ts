import assert from "node:assert/strict";
import { expectRoute, loadRoutes, type Routes } from "../../sdk/nodejs/src/testing.js";

describe("the team library", () => {
  let routes: Routes;
  before(async () => {
    routes = await loadRoutes("./examples/team-library");
  });
  const ask = (url: string) => expectRoute(routes).get(url).from("acme-public");

  it("gives a service declared in one statement the platform's gateway and policies", () => {
    ask("http://reviews.example.com/a").toRedirectTo("https://reviews.example.com/a", 301);
    ask("https://reviews.example.com/a")
      .toReach("reviews", { port: 80, share: 100 })
      .viaRoute("rest", "reviews")
      .underPolicy("RetryTimeoutPolicy", "acme-patience");
    ask("https://other.example.com/").toBeNotFound();
  });

  it("prefers nearby pods, and fails over to the other region", () => {
    for (const [cluster, order] of [
      ["east", ["pods of east first", "eastWestGateway of west then"]],
      ["west", ["pods of west first", "eastWestGateway of east then"]],
    ] as const) {
      const [answer] = routes.ask({
        from: { cluster, gateway: "acme-public" },
        scheme: "https",
        host: "reviews.example.com",
        path: "/",
      });
      assert.equal(answer?.decision.kind, "forward");
      const [target] = answer.decision.targets;
      const found = target?.endpoints.map((each) =>
        "cluster" in each ? `${each.kind} of ${each.cluster} ${each.priority === 0 ? "first" : "then"}` : each.kind,
      );
      assert.deepEqual(found, order);
      assert.ok(target?.policies?.outlierDetection, "endpoints that fail are left out");
    }
  });

  it("lets a team override settings, which then take precedence", () => {
    ask("https://shop.example.com/healthz").toAnswer(200, "ok").viaRoute("health", "frontend");
    ask("https://shop.example.com/").toReach("frontend").underPolicy("RetryTimeoutPolicy", "hurry");
  });
});
