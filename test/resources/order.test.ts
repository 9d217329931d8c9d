/** The registration order of objects, and the names of objects built from Outputs. */
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { ExternalService } from "../../sdk/nodejs/src/index.js";
import { registered, settled, startMocks, unknown } from "./mocks.js";
import { fleet, gateway, reviews, table } from "./two-clusters.js";

/** Returns the names of registered objects, in the order of registration. */
function namesOf(maker: string): readonly string[] {
  return registered
    .filter(({ type }) => type.startsWith("kubernetes:networking"))
    .map(({ name }) => name)
    .filter((name) => name.startsWith(`${maker}-`));
}

describe("objects of a program", () => {
  beforeEach(() => startMocks());

  it("are registered in steps across all clusters: rules, pods, gateways that lead to them, routes", async () => {
    const prod = fleet();
    const destination = reviews(prod, { subsets: [{ labels: { version: "v1" } }] });
    const http = [{ name: "rest", forwardTo: { destinations: [{ virtualDestination: destination }] } }];
    table({ fleet: prod, virtualGateways: [gateway(prod)], http });
    await settled();
    const kinds = [...namesOf("reviews"), ...namesOf("shop")].map((name) =>
      name.replace(/^.*-(east|west)-/, "").replace("ServiceEntry-reviews--", ""),
    );
    const rule = "DestinationRule-reviews--version-v1";
    const remote = "remote--version-v1";
    const routes = "VirtualService-shop--web";
    assert.deepEqual(kinds, [rule, rule, "local", "local", remote, remote, routes, routes]);
    const all = registered.map(({ name }) => name);
    assert.ok(
      all.indexOf("shop-east-VirtualService-shop--web") >
        all.indexOf("reviews-west-ServiceEntry-reviews--remote--version-v1"),
    );
  });

  it("get no names from hosts and subset labels that are Outputs, known or not", async () => {
    const names: (readonly string[])[] = [];
    for (const [host, outside, label] of [
      [unknown<string>(), unknown<string>(), unknown<string>()],
      [pulumi.output("reviews.internal"), pulumi.output("archive.example.net"), pulumi.output("v1")],
    ] as const) {
      await startMocks(true);
      const prod = fleet();
      reviews(prod, {
        hosts: [host, "a.example"],
        subsets: [{ labels: { version: label } }, { labels: { track: "new" } }],
      });
      new ExternalService("archive", {
        fleet: prod,
        namespace: "gateways",
        clusters: ["east"],
        hosts: [outside],
        ports: [{ number: 80, protocol: "HTTP" }],
      });
      await settled();
      names.push([...namesOf("reviews"), ...namesOf("archive")].sort());
    }
    const inCluster = (cluster: string) => [
      `reviews-${cluster}-DestinationRule-reviews--a-example--track-new---e9832224`,
      `reviews-${cluster}-DestinationRule-reviews--track-new`,
      `reviews-${cluster}-ServiceEntry-reviews--a-example--local---396997b3`,
      `reviews-${cluster}-ServiceEntry-reviews--a-example--remote--track-new---33ed7108`,
      `reviews-${cluster}-ServiceEntry-reviews--local`,
      `reviews-${cluster}-ServiceEntry-reviews--remote--track-new`,
    ];
    const wanted = ["archive-east-ServiceEntry-archive", ...inCluster("east"), ...inCluster("west")];
    assert.deepEqual(names, [wanted, wanted]);
  });
});
