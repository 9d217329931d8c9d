import { expectRoute, loadRoutes, type Routes } from "../../sdk/nodejs/src/testing.js";

describe("the routing example", () => {
  let routes: Routes;
  before(async () => {
    routes = await loadRoutes("./examples/routing/index.ts");
  });

  it("answers with the name of the route that took the request", () => {
    expectRoute(routes).get("http://match.example.com/items/42").from("web").toAnswer(200, "regex").viaRoute("regex");
    expectRoute(routes)
      .get("http://match.example.com/port")
      .from("internal")
      .withHeader("x-door", "internal")
      .toAnswer(200, "internal-port");
  });

  it("rewrites, redirects, and leads outside", () => {
    const ask = (path: string) => expectRoute(routes).get(`http://shop.example.com${path}`).from("web");
    ask("/old/a").toReach("catalog").withPath("/new/a");
    ask("/partner").toReach("partner").withHost("partner.example.net");
    ask("/see-other").toRedirectTo("http://new.example.com/there", 303);
  });
});
