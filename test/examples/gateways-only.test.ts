import { expectRoute, loadRoutes } from "../../sdk/nodejs/src/testing.js";

describe("the gateways-only example", () => {
  it("names virtual destinations in the Host header, by which remote gateways find them", async () => {
    const routes = await loadRoutes("./examples/gateways-only/index.ts");
    const ask = (path: string) => expectRoute(routes).get(`http://shop.example.com${path}`).from("web");
    ask("/reviews").toReach("reviews").withHost("reviews.global");
    ask("/admin").toReach("reviews", { port: 8081 }).withHost("reviews.global:8081");
  });
});
