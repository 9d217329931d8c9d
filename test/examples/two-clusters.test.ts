import { expectRoute, loadRoutes } from "../../sdk/nodejs/src/testing.js";

describe("the two-clusters example", () => {
  it("responds to the README's request as documented", async () => {
    const routes = await loadRoutes("./examples/two-clusters/index.ts");
    expectRoute(routes)
      .get("https://shop.example.com/reviews")
      .from("web")
      .toReach("reviews", { share: 90 })
      .viaRoute("reviews");
  });
});
