import assert from "node:assert/strict";
import type { ModelArgs } from "../../support/models.js";
import {
  destinationArgs,
  externalArgs,
  fleetArgs,
  gatewayArgs,
  serviceArgs,
  shopArgs,
  tableArgs,
} from "../../support/shop.js";
import { findingsOf, later } from "./findings.js";

const at = "RouteTable/shop http[0].forwardTo";

/** Returns the findings of the table when it forwards to one destination. */
function forward(destination: object, overrides: ModelArgs = {}, fields: object = {}) {
  const http = [{ name: "all", forwardTo: { destinations: [destination], ...fields } }];
  return findingsOf(shopArgs({ ...overrides, routeTables: { shop: tableArgs({ http }) } })).filter(([, place]) =>
    place.startsWith("RouteTable"),
  );
}

function fleets(overrides: Parameters<typeof fleetArgs>[0]): ModelArgs {
  return { fleets: { prod: fleetArgs(overrides) } };
}

describe("check: destinations of routes", () => {
  const ports = [
    { number: 80, protocol: "HTTP" },
    { number: 81, protocol: "HTTP" },
  ];

  it("requires a port of the destination (MW0502)", () => {
    const reviews = { virtualDestination: "reviews" };
    const two = { virtualDestinations: { reviews: destinationArgs({ ports }) } };
    assert.deepEqual(forward(reviews), []);
    assert.deepEqual(forward({ ...reviews, port: later }, two), []);
    assert.deepEqual(forward(reviews, two), [
      ["MW0502", `${at}.destinations[0].port`, { destination: "VirtualDestination `reviews`", ports: [80, 81] }],
    ]);
    assert.deepEqual(forward({ externalService: "api", port: 80 }), [
      ["MW0502", `${at}.destinations[0].port`, { destination: "ExternalService `api`", port: 80, ports: [443] }],
    ]);
    const unknown = {
      virtualDestinations: { reviews: destinationArgs({ ports: [{ number: later, protocol: "HTTP" }] }) },
    };
    assert.deepEqual(forward({ ...reviews, port: 80 }, unknown), []);
  });

  it("warns of ports whose pods expect TLS (MW0528)", () => {
    const args = { virtualDestinations: { reviews: destinationArgs({ ports: [{ number: 443, protocol: "HTTPS" }] }) } };
    const facts = { destination: "VirtualDestination `reviews`", port: 443, protocol: "HTTPS" };
    assert.deepEqual(forward({ virtualDestination: "reviews" }, args), [
      ["MW0528", `${at}.destinations[0].port`, facts],
    ]);
  });

  it("warns of ports of external services that expect TLS, unless callers add it (MW0528)", () => {
    const to = (protocol: unknown, clientsideTls?: object) => {
      const ports = [{ number: 443, protocol, ...(clientsideTls && { clientsideTls }) }];
      return forward({ externalService: "api" }, { externalServices: { api: externalArgs({ ports }) } });
    };
    const warned = (protocol: string) => [
      [
        "MW0528",
        `${at}.destinations[0].port`,
        { destination: "ExternalService `api`", port: 443, protocol, isExternal: true },
      ],
    ];
    for (const protocol of ["HTTPS", "TLS"]) {
      assert.deepEqual(to(protocol), warned(protocol));
      assert.deepEqual(to(protocol, { mode: "DISABLE" }), warned(protocol));
      for (const mode of ["SIMPLE", "ISTIO_MUTUAL", later]) assert.deepEqual(to(protocol, { mode }), []);
    }
    for (const protocol of ["HTTP", "TCP", later]) assert.deepEqual(to(protocol), []);
  });

  it("rejects Secrets where sidecars are the callers (MW0532)", () => {
    const to = (clientsideTls: object, tableFields: object) =>
      findingsOf(
        shopArgs({
          externalServices: {
            api: externalArgs({
              exportTo: ["gateways", "checkout"],
              ports: [{ number: 80, protocol: "HTTP", targetPort: 443, clientsideTls }],
            }),
          },
          routeTables: {
            shop: tableArgs({
              hosts: ["api.example.org"],
              http: [{ name: "all", forwardTo: { destinations: [{ externalService: "api" }] } }],
              ...tableFields,
            }),
          },
        }),
      ).map(([code, place]) => [code, place]);
    const sidecars = { virtualGateways: undefined, sidecars: { namespaces: ["checkout"] } };
    const place = `${at}.destinations[0].externalService`;
    const seen = ["MW0533", "ExternalService/api ports[0].clientsideTls.credentialName"];
    for (const tls of [{ credentialName: "ca" }, { credentialName: later }, { mode: "MUTUAL", credentialName: "c" }])
      assert.deepEqual(to(tls, sidecars), [seen, ["MW0532", place]]);
    assert.deepEqual(to({ caCertificates: "/ca.pem" }, sidecars), []);
    assert.deepEqual(to({ mode: later, credentialName: "c" }, sidecars), []);
    assert.deepEqual(to({ credentialName: "ca" }, { hosts: ["shop.example.com"] }), []);
  });

  it("requires an east-west gateway on the path to a Service (MW0503)", () => {
    const bare = fleets({ west: { eastWestGateway: undefined } });
    const facts = { from: "east", to: "west", destination: "Service `frontend.shop`" };
    assert.deepEqual(forward(serviceArgs("west")), []);
    assert.deepEqual(forward(serviceArgs("east"), bare), []);
    assert.deepEqual(forward(serviceArgs("west"), bare), [["MW0503", `${at}.destinations[0]`, facts]]);
    // an unknown network counts as a different one
    const unknown = fleets({ west: { network: later, eastWestGateway: undefined } });
    assert.deepEqual(forward(serviceArgs("west"), unknown), [["MW0503", `${at}.destinations[0]`, facts]]);
    assert.deepEqual(
      forward(serviceArgs("west"), fleets({ west: { network: "east", eastWestGateway: undefined } })),
      [],
    );
  });

  it("requires an identity for calls into a mesh (MW0504)", () => {
    const facts = { from: "east", to: "west", destination: "Service `frontend.shop`" };
    assert.deepEqual(forward(serviceArgs("west"), fleets({ east: { mesh: "NONE" } })), [
      ["MW0504", `${at}.destinations[0]`, facts],
    ]);
    assert.deepEqual(forward(serviceArgs("west"), fleets({ east: { mesh: later } })), []);
    assert.deepEqual(forward(serviceArgs("west"), fleets({ east: { mesh: "NONE" }, west: { mesh: "NONE" } })), []);
  });

  it("requires one reachable backend of a virtual destination (MW0503, MW0504)", () => {
    const services = [{ namespace: "shop", labels: { app: "reviews" }, cluster: "west", serviceAccounts: ["r"] }];
    const west = { virtualDestinations: { reviews: destinationArgs({ services }) } };
    const reviews = { virtualDestination: "reviews" };
    const facts = { from: "east", to: "west", destination: "VirtualDestination `reviews`" };
    assert.deepEqual(forward(reviews, fleets({ east: { mesh: "NONE" } })), []);
    assert.deepEqual(forward(reviews, { ...west, ...fleets({ east: { mesh: "NONE" } }) }), [
      ["MW0504", `${at}.destinations[0]`, facts],
    ]);
    assert.deepEqual(forward(reviews, { ...west, ...fleets({ west: { eastWestGateway: undefined } }) }), [
      ["MW0503", `${at}.destinations[0]`, facts],
    ]);
  });

  it("requires declared subsets (MW0509), of local Services (MW0523) and of existing endpoints (MW0525)", () => {
    const subset = { version: "v2" };
    const place = `${at}.destinations[0].subset`;
    const declared = { virtualDestinations: { reviews: destinationArgs({ subsets: [{ labels: subset }] }) } };
    const virtual = { virtualDestination: "reviews", subset };
    assert.deepEqual(forward(virtual, declared), []);
    assert.deepEqual(forward({ ...virtual, subset: { version: later } }), []);
    assert.deepEqual(forward(virtual), [
      ["MW0509", place, { destination: "VirtualDestination `reviews`", subset: "version=v2", declared: [] }],
    ]);
    const local = { virtualGateways: { web: gatewayArgs({ clusters: ["east"] }) } };
    assert.deepEqual(forward(serviceArgs("east", { subset }), local), []);
    assert.deepEqual(forward(serviceArgs("east", { subset })), [
      ["MW0523", place, { destination: "Service `frontend.shop`", from: "west", to: "east" }],
    ]);
    const endpoints = [{ address: "198.51.100.7", labels: { version: "v2", az: "1" } }];
    const external = { externalService: "api", subset };
    assert.deepEqual(forward(external, { externalServices: { api: externalArgs({ endpoints }) } }), []);
    assert.deepEqual(forward(external), [
      ["MW0525", place, { destination: "ExternalService `api`", subset: "version=v2" }],
    ]);
  });

  it("rejects a Host header if the destination is found by its own (MW0517)", () => {
    const noMesh = fleets({ west: { mesh: "NONE" } });
    const facts = { route: "all", destination: "Service `frontend.shop`", to: "west" };
    const rewrite = { hostRewrite: "a.example.com" };
    assert.deepEqual(forward(serviceArgs("west"), {}, rewrite), []);
    assert.deepEqual(forward(serviceArgs("west"), noMesh, { autoHostRewrite: true }), []);
    assert.deepEqual(forward(serviceArgs("west"), noMesh, rewrite), [["MW0517", `${at}.hostRewrite`, facts]]);
    const http = [{ name: "all", forwardTo: rewrite }];
    const args = shopArgs({
      ...noMesh,
      routeTables: { shop: tableArgs({ http, defaultDestination: serviceArgs("west") }) },
    });
    assert.deepEqual(findingsOf(args), [["MW0517", `${at}.hostRewrite`, facts]]);
  });

  it("requires the remote gateway to expose a Service (MW0518)", () => {
    const exposing = (...exposedHosts: string[]) =>
      fleets({ west: { clusterDomain: "west.local", eastWestGateway: { addresses: ["203.0.113.20"], exposedHosts } } });
    const host = "frontend.shop.svc.west.local";
    assert.deepEqual(forward(serviceArgs("west"), exposing("*.global", "*.shop.svc.west.local")), []);
    assert.deepEqual(forward(serviceArgs("west"), exposing("*.global", later)), []);
    assert.deepEqual(forward(serviceArgs("west"), exposing("*.global")), [
      ["MW0518", `${at}.destinations[0].service`, { host, cluster: "west", exposed: ["*.global"] }],
    ]);
  });

  it("requires destinations in the gateway's clusters (MW0522) and exported to it (MW0524)", () => {
    const api = (fields: object) => ({ externalServices: { api: externalArgs({ ...fields }) } });
    const external = { externalService: "api" };
    const place = `${at}.destinations[0].externalService`;
    const facts = { destination: "ExternalService `api`", gateway: "web" };
    assert.deepEqual(forward(external, api({ clusters: ["east", "west"], exportTo: ["gateways"] })), []);
    assert.deepEqual(forward(external, api({ clusters: ["east"] })), [
      ["MW0522", place, { ...facts, cluster: "west", known: ["east"] }],
    ]);
    assert.deepEqual(forward(external, api({ exportTo: ["shop"] })), [
      ["MW0524", place, { ...facts, namespace: "gateways", exportTo: ["shop"] }],
    ]);
  });

  it("rejects forwarding to a wildcard without endpoints (MW0527)", () => {
    const hosts = ["*.example.org"];
    const endpoints = [{ address: "198.51.100.7" }];
    const external = { externalService: "api" };
    assert.deepEqual(forward(external, { externalServices: { api: externalArgs({ hosts, endpoints }) } }), []);
    assert.deepEqual(forward(external, { externalServices: { api: externalArgs({ hosts }) } }), [
      ["MW0527", `${at}.destinations[0].externalService`, { destination: "ExternalService `api`", hosts }],
    ]);
  });
});
