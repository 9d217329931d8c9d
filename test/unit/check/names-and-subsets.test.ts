import assert from "node:assert/strict";
import type { ModelArgs } from "../../support/models.js";
import { destinationArgs, fleetArgs, shopArgs, tableArgs } from "../../support/shop.js";
import { findingsOf, later } from "./findings.js";

function forward(destination: object, overrides: ModelArgs = {}) {
  const http = [{ name: "all", forwardTo: { destinations: [destination] } }];
  return findingsOf(shopArgs({ ...overrides, routeTables: { shop: tableArgs({ http }) } })).filter(([, place]) =>
    place.startsWith("RouteTable"),
  );
}

const place = "RouteTable/shop http[0].forwardTo.destinations[0]";
const service = { name: "frontend", namespace: "shop", cluster: "east" };

describe("check: names and subsets that can't cross", () => {
  it("rejects Outputs that object names are built from (MW0529)", () => {
    assert.deepEqual(forward({ service, port: 8080 }), []);
    const found = forward({ service: { ...service, name: later }, port: later });
    assert.deepEqual(
      found.map(([code, at]) => [code, at]),
      [
        ["MW0529", `${place}.port`],
        ["MW0529", `${place}.service.name`],
      ],
    );
  });

  it("rejects additional hosts that are Outputs (MW0529)", () => {
    const found = (hosts: unknown[]) =>
      findingsOf(shopArgs({ virtualDestinations: { reviews: destinationArgs({ hosts }) } })).map(([code, at]) => [
        code,
        at,
      ]);
    assert.deepEqual(found([later]), []);
    assert.deepEqual(found(["a.global", later]), [["MW0529", "VirtualDestination/reviews hosts[1]"]]);
  });

  it("rejects a subset if only the host crosses (MW0530)", () => {
    const overrides = {
      fleets: { prod: fleetArgs({ west: { mesh: "NONE" } }) },
      virtualDestinations: {
        reviews: destinationArgs({
          services: [{ namespace: "shop", labels: { app: "reviews" }, cluster: "west", serviceAccounts: ["reviews"] }],
          subsets: [{ labels: { version: "v1" } }],
        }),
      },
    };
    const codes = forward({ virtualDestination: "reviews", subset: { version: "v1" } }, overrides).map(([code, at]) => [
      code,
      at,
    ]);
    assert.deepEqual(codes, [["MW0530", `${place}.subset`]]);
    assert.deepEqual(forward({ virtualDestination: "reviews" }, overrides), []);
  });
});
