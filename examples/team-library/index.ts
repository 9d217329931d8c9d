import * as meshway from "meshway";
import { Platform } from "./platform";
import { PublicService } from "./public-service";

const platform = new Platform("acme", {
  domain: "example.com",
  clusters: [
    {
      name: "east",
      context: "east",
      trustDomain: "east.example.com",
      locality: { region: "us-east-1" },
      eastWestGateway: { addresses: ["203.0.113.10"] },
    },
    {
      name: "west",
      context: "west",
      trustDomain: "west.example.com",
      locality: { region: "us-west-2" },
      eastWestGateway: { addresses: ["203.0.113.20"] },
    },
  ],
});

// All that an app team writes.
new PublicService("reviews", { platform, host: "reviews.example.com", namespace: "shop", port: 9080 });

// A team with more requirements.
new PublicService("frontend", {
  platform,
  host: "shop.example.com",
  namespace: "shop",
  port: 8080,
  http: [{ name: "health", matchers: [{ uri: { exact: "/healthz" } }], directResponse: { status: 200, body: "ok" } }],
  policies: [new meshway.RetryTimeoutPolicy("hurry", { retries: { attempts: 0 }, requestTimeout: "1s" })],
});
