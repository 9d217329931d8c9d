import { expectRoute, loadRoutes, type Routes } from "../../sdk/nodejs/src/testing.js";

describe("the routing example", () => {
  let routes: Routes;
  before(async () => {
    routes = await loadRoutes("./examples/routing/index.ts");
  });

  it("responds with the name of the route that took the request", () => {
    expectRoute(routes).get("http://match.example.com/items/42").from("web").toAnswer(200, "regex").viaRoute("regex");
    expectRoute(routes)
      .get("http://match.example.com/port")
      .from("internal")
      .withHeader("x-door", "internal")
      .toAnswer(200, "internal-port");
  });

  it("rewrites, redirects, and forwards to external services", () => {
    const ask = (path: string) => expectRoute(routes).get(`http://shop.example.com${path}`).from("web");
    ask("/old/a").toReach("catalog").withPath("/new/a");
    ask("/partner").toReach("partner").withHost("partner.example.net");
    ask("/see-other").toRedirectTo("http://new.example.com/there", 303);
  });

  it("delegates paths to the teams' tables", () => {
    const ask = (path: string) => expectRoute(routes).get(`http://teams.example.com${path}`).from("web");
    ask("/items/list/a")
      .toReach("catalog")
      .viaRoute("list", "items")
      .throughRoutes("teams/items")
      .withPath("/catalog/a");
    ask("/v2/items/admin/status")
      .withHeader("x-user", "ann")
      .toAnswer(200, "status")
      .viaRoute("status", "admin")
      .throughRoutes("teams/items", "items/admin");
    ask("/pages/long/news").toAnswer(200, "news").throughRoutes("teams/by-path");
  });
});
