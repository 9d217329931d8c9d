import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expectRoute, loadRoutes, routesOf } from "../../../sdk/nodejs/src/testing.js";
import { modelOf } from "../../support/models.js";
import { gatewayArgs, serviceArgs, shopArgs, tableArgs } from "../../support/shop.js";

const http = [
  {
    name: "health",
    matchers: [{ uri: { exact: "/healthz" }, method: "GET" }],
    directResponse: { status: 200, body: "ok" },
  },
  { name: "old", matchers: [{ uri: { prefix: "/old" } }], redirect: { pathRedirect: "/new", responseCode: "FOUND" } },
  {
    name: "reviews",
    matchers: [{ uri: { prefix: "/reviews" } }],
    forwardTo: {
      pathRewrite: "/r",
      hostRewrite: "inner.example.com",
      destinations: [
        { virtualDestination: "reviews", subset: { version: "v1" }, weight: 90 },
        { ...serviceArgs("east"), weight: 10 },
      ],
    },
  },
  {
    name: "beta",
    matchers: [{ headers: [{ name: "x-user", value: "a" }] }],
    forwardTo: { destinations: [{ externalService: "api" }] },
  },
];
const args = shopArgs({
  virtualGateways: { web: gatewayArgs({ clusters: ["east", "west"] }) },
  virtualDestinations: {
    reviews: {
      fleet: "prod",
      hosts: ["reviews.global"],
      services: [{ namespace: "shop", labels: { app: "reviews" }, serviceAccounts: ["reviews"] }],
      ports: [{ number: 80, protocol: "HTTP", targetPort: 9080 }],
      subsets: [{ labels: { version: "v1" } }],
    },
  },
  routeTables: { shop: tableArgs({ http }) },
});
const routes = routesOf(modelOf(args));
const shop = "https://shop.example.com";

describe("meshway/testing", () => {
  it("expects destinations, routes and rewrites", () => {
    expectRoute(routes)
      .get(`${shop}/reviews/1?x=2`)
      .from("web")
      .inCluster("east")
      .toReach("reviews", { subset: { version: "v1" }, share: 90, port: 80 })
      .viaRoute("reviews", "shop")
      .withPath("/r/1?x=2")
      .withHost("inner.example.com");
    expectRoute(routes).post(`${shop}/reviews`).toReach("frontend", { share: 10 }).viaRoute("reviews");
    expectRoute(routes).get(`${shop}/`).withHeader("x-user", "b").withHeader("X-User", "a").toReach("api");
  });

  it("expects redirects, direct responses, and 404s", () => {
    expectRoute(routes).get(`${shop}/old?q`).toRedirectTo(`${shop}/new?q`, 302).viaRoute("old");
    expectRoute(routes).get("http://any.org/x").toRedirectTo("https://any.org/x");
    expectRoute(routes).get(`${shop}/healthz`).toAnswer(200, "ok");
    expectRoute(routes).head(`${shop}/healthz`).toBeNotFound();
    expectRoute(routes).get("https://other.org/").toBeRefused();
  });

  it("reports what was found instead, and why", () => {
    const expectation = expectRoute(routes).post(`${shop}/healthz`);
    assert.throws(
      () => expectation.toAnswer(200),
      (error: unknown) => {
        assert.ok(error instanceof assert.AssertionError);
        assert.match(error.message, /^expected the request to be answered with 200 in cluster east, found: 404/);
        assert.match(error.message, /✗ health {3}method is POST, wanted GET/);
        return true;
      },
    );
    assert.throws(() => expectRoute(routes).get(`${shop}/reviews`).toReach("reviews", { share: 50 }), /share of 50%/);
    assert.throws(() => expectRoute(routes).get(`${shop}/reviews`).toReach("reviews").viaRoute("old"), /the route old/);
    assert.throws(() => expectRoute(routes).get("shop/reviews").toBeNotFound(), /is not a URL/);
    assert.throws(
      () => expectRoute(routes).get(shop).inCluster("north").toBeNotFound(),
      /no such cluster, expected one of east, west/,
    );
  });

  it("expects the same in every cluster that has the gateway", () => {
    assert.throws(
      () =>
        expectRoute(
          routesOf(
            modelOf(
              shopArgs({
                virtualGateways: { web: gatewayArgs({ clusters: ["east"] }), far: gatewayArgs({ clusters: ["west"] }) },
              }),
            ),
          ),
        )
          .get(`${shop}/`)
          .toReach("reviews"),
      /in cluster west, found: 404/,
    );
  });

  it("loads model files, and reports their errors", async () => {
    const folder = await mkdtemp(join(tmpdir(), "meshway-testing-"));
    try {
      const file = join(folder, "model.json");
      writeFileSync(file, JSON.stringify(args));
      expectRoute(await loadRoutes(file))
        .get(`${shop}/healthz`)
        .toAnswer(200);
      writeFileSync(file, JSON.stringify({ ...args, fleets: {} }));
      await assert.rejects(loadRoutes(file), /error\[MW0101\]|error\[MW0/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("loads programs", async () => {
    const loaded = await loadRoutes("examples/two-clusters");
    expectRoute(loaded).get(`${shop}/reviews`).toReach("reviews", { share: 90 }).viaRoute("reviews");
  });
});
