/** `meshway render` gives the same result for a program, an equivalent model file and an equivalent program. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Workplace } from "./support/cli.js";

describe("meshway render, programs and model files", () => {
  const at = new Workplace();

  it("renders a program like the equivalent model file", () => {
    const clusters = ["east", "west"].map((name, index) => ({
      name,
      trustDomain: `${name}.example`,
      locality: { region: name },
      eastWestGateway: { addresses: [`203.0.113.${index}`] },
    }));
    const web = {
      namespace: "gateways",
      workloads: { labels: { istio: "ingressgateway" } },
      listeners: [{ port: 80 }],
    };
    const reviews = {
      hosts: ["reviews.global"],
      services: [{ namespace: "shop", labels: { app: "reviews" }, serviceAccounts: ["reviews"] }],
      ports: [{ number: 80, protocol: "HTTP" }],
    };
    const bank = { namespace: "shop", hosts: ["api.bank.example"], ports: [{ number: 443, protocol: "HTTPS" }] };
    const service = { service: { name: "frontend", namespace: "shop", cluster: "east" }, port: 8080 };
    const route = (destination: object) => [{ name: "all", forwardTo: { destinations: [destination] } }];
    const model = {
      fleets: { prod: { clusters } },
      virtualGateways: { web: { fleet: "prod", ...web } },
      virtualDestinations: { reviews: { fleet: "prod", ...reviews } },
      externalServices: { bank: { fleet: "prod", ...bank } },
      routeTables: {
        one: {
          fleet: "prod",
          hosts: ["one.example.com"],
          virtualGateways: ["web"],
          http: route({ virtualDestination: "reviews" }),
        },
        two: { fleet: "prod", hosts: ["two.example.com"], virtualGateways: ["web"], http: route(service) },
        three: { fleet: "prod", hosts: ["three.example.com"], virtualGateways: ["web"], http: route(service) },
      },
    };
    at.write("model.json", JSON.stringify(model));
    at.write(
      "index.ts",
      `import * as meshway from "meshway";
      const route = (destination: meshway.DestinationArgs) =>
        [{ name: "all", forwardTo: { destinations: [destination] } }];
      const fleet = new meshway.Fleet("prod", { clusters: ${JSON.stringify(clusters)} });
      const web = new meshway.VirtualGateway("web", { fleet, ...${JSON.stringify(web)} });
      const reviews = new meshway.VirtualDestination("reviews", { fleet, ...${JSON.stringify(reviews)} } as never);
      new meshway.ExternalService("bank", { fleet, ...${JSON.stringify(bank)} } as never);
      const table = (name: string, destination: meshway.DestinationArgs) => new meshway.RouteTable(name,
        { fleet, hosts: [name + ".example.com"], virtualGateways: [web], http: route(destination) });
      table("one", { virtualDestination: reviews });
      table("two", ${JSON.stringify(service)});
      table("three", ${JSON.stringify(service)});`,
    );
    const [program, file] = ["index.ts", "model.json"].map((source) => {
      const { code, err } = at.run("render", source, "--out", `out-${source}`);
      assert.equal(code, 0, err);
      const files = readdirSync(join(at.folder, `out-${source}`), { recursive: true, encoding: "utf8" }).sort();
      const texts = files.filter((path) => path.endsWith(".yaml"));
      return texts.map((path) => `${path}\n${readFileSync(join(at.folder, `out-${source}`, path), "utf8")}`);
    });
    assert.ok((file?.length ?? 0) > 10);
    assert.deepEqual(program, file);
  });

  it("accepts references by the ref output, also to a fleet", () => {
    const { code, err } = at.renderProgram(
      "table({ fleet: { ref: fleet.ref }, virtualGateways: [{ ref: web.ref }] });",
    );
    assert.deepEqual([code, err], [0, ""]);
  });
});
