import { expectRoute, loadRoutes } from "../../sdk/nodejs/src/testing.js";

describe("the flat-network example", () => {
  it("reaches a Service of either cluster from both", async () => {
    const routes = await loadRoutes("./examples/flat-network/index.ts");
    for (const cluster of ["east", "west"]) {
      const ask = (path: string) =>
        expectRoute(routes).get(`http://shop.example.com${path}`).from("web").inCluster(cluster);
      ask("/").toReach("frontend", { port: 8080 }).viaRoute("rest");
      ask("/west").toReach("frontend", { port: 8080 }).viaRoute("west");
      ask("/ratings").toReach("ratings", { subset: { version: "v2" }, share: 25 });
    }
  });
});
