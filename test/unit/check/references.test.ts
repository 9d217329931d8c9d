import assert from "node:assert/strict";
import {
  destinationArgs,
  externalArgs,
  fleetArgs,
  gatewayArgs,
  serviceArgs,
  shopArgs,
  tableArgs,
} from "../../support/shop.js";
import { findingsOf, inTable } from "./findings.js";

describe("check: references", () => {
  it("rejects unknown names (MW0107), and reports nothing else about them", () => {
    const destinations = [
      { virtualDestination: "revews", weight: 50 },
      { externalService: "apis", weight: 50 },
    ];
    const http = [{ name: "all", forwardTo: { destinations } }];
    const at = "RouteTable/shop";
    assert.deepEqual(
      inTable({ fleet: "prd", virtualGateways: ["wob"], http, defaultDestination: { externalService: "x" } }),
      [
        ["MW0107", `${at} defaultDestination.externalService`, { kind: "ExternalService", found: "x", known: ["api"] }],
        ["MW0107", `${at} fleet`, { kind: "Fleet", found: "prd", known: ["prod"] }],
        [
          "MW0107",
          `${at} http[0].forwardTo.destinations[0].virtualDestination`,
          { kind: "VirtualDestination", found: "revews", known: ["reviews"] },
        ],
        [
          "MW0107",
          `${at} http[0].forwardTo.destinations[1].externalService`,
          { kind: "ExternalService", found: "apis", known: ["api"] },
        ],
        ["MW0107", `${at} virtualGateways[0]`, { kind: "VirtualGateway", found: "wob", known: ["web"] }],
      ],
    );
  });

  it("requires the fleet for every kind (MW0107)", () => {
    const codes = findingsOf({ ...shopArgs(), fleets: {} }).map(([code, at]) => `${code} ${at}`);
    assert.deepEqual(codes, [
      "MW0107 ExternalService/api fleet",
      "MW0107 RouteTable/shop fleet",
      "MW0107 VirtualDestination/reviews fleet",
      "MW0107 VirtualGateway/web fleet",
    ]);
  });

  it("compares fleets by the names of their clusters (MW0111)", () => {
    const small = { clusters: [{ name: "east" }] };
    const fleets = { prod: fleetArgs(), mine: fleetArgs(), small };
    const table = (fleet: string) => ({
      shop: tableArgs({ fleet, http: [{ name: "all", forwardTo: { destinations: [serviceArgs("east")] } }] }),
    });
    assert.deepEqual(findingsOf(shopArgs({ fleets, routeTables: table("mine") })), []);
    const facts = { reference: "VirtualGateway `web`", cluster: "west", known: ["east"] };
    assert.deepEqual(findingsOf(shopArgs({ fleets, routeTables: table("small") })), [
      ["MW0111", "RouteTable/shop virtualGateways[0]", facts],
    ]);
  });

  it("requires clusters of the fleet everywhere (MW0501)", () => {
    const facts = { cluster: "north", known: ["east", "west"] };
    const services = [{ namespace: "shop", labels: { app: "reviews" }, cluster: "north" }];
    const args = shopArgs({
      virtualGateways: { web: gatewayArgs({ clusters: ["east", "north"] }) },
      virtualDestinations: { reviews: destinationArgs({ services }) },
      externalServices: { api: externalArgs({ clusters: ["north"] }) },
      routeTables: {
        shop: tableArgs({
          http: [{ name: "all", forwardTo: { destinations: [serviceArgs("north")] } }],
          defaultDestination: serviceArgs("east"),
        }),
      },
    });
    assert.deepEqual(findingsOf(args), [
      ["MW0501", "ExternalService/api clusters[0]", facts],
      ["MW0501", "RouteTable/shop http[0].forwardTo.destinations[0].service.cluster", facts],
      ["MW0501", "VirtualDestination/reviews services[0].cluster", facts],
      ["MW0501", "VirtualGateway/web clusters[1]", facts],
    ]);
  });

  it("rejects one address for east-west gateways of two networks (MW0526)", () => {
    const fleet = (network: string) =>
      fleetArgs({ west: { network, eastWestGateway: { addresses: ["203.0.113.20", "203.0.113.10"] } } });
    const args = (network: string) => shopArgs({ fleets: { prod: fleet(network) }, routeTables: {} });
    assert.deepEqual(findingsOf(args("east")), []);
    assert.deepEqual(findingsOf(args("west")), [
      [
        "MW0526",
        "Fleet/prod clusters[1].eastWestGateway.addresses[1]",
        { address: "203.0.113.10", port: 15443, other: "east" },
      ],
    ]);
  });

  it("rejects a duplicate address (MW0508)", () => {
    const fleet = fleetArgs({ east: { eastWestGateway: { addresses: ["ew.example.com", "EW.example.com"] } } });
    assert.deepEqual(findingsOf(shopArgs({ fleets: { prod: fleet } })), [
      [
        "MW0508",
        "Fleet/prod clusters[0].eastWestGateway.addresses[1]",
        { what: "address", value: "ew.example.com", first: 0 },
      ],
    ]);
  });
});
