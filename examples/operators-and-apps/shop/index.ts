import * as pulumi from "@pulumi/pulumi";
import * as meshway from "meshway";

// The operators' stack, such as `organization/meshway-operators/prod`.
const operators = new pulumi.StackReference(new pulumi.Config().require("operators"));

// Awaited, because references decide which objects exist; the fleet's is secret.
const fleet = { ref: (await operators.getOutputDetails("fleetRef")).secretValue };
const web = { ref: await operators.requireOutputValue("webRef") };
const reviews = { ref: await operators.requireOutputValue("reviewsRef") };

// Routes. The gateway only allows hosts below example.com, which this stack's preview checks.
new meshway.RouteTable("shop", {
  fleet,
  hosts: ["shop.example.com"],
  virtualGateways: [web],
  http: [
    {
      name: "reviews",
      matchers: [{ uri: { prefix: "/reviews" } }],
      forwardTo: {
        destinations: [
          { virtualDestination: reviews, subset: { version: "v1" }, weight: 90 },
          { virtualDestination: reviews, subset: { version: "v2" }, weight: 10 },
        ],
      },
    },
    {
      name: "health",
      matchers: [{ uri: { exact: "/healthz" }, method: "GET" }],
      directResponse: { status: 200, body: "ok" },
    },
    {
      name: "rest",
      forwardTo: {
        destinations: [{ service: { name: "frontend", namespace: "shop", cluster: "east" }, port: 8080 }],
      },
    },
  ],
});
