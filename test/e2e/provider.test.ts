/**
 * Meshway as a plugin: a program that only knows type tokens, as SDKs for other languages do, against real API servers.
 */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";

type Lab = import("../lab/start-lab.js", { with: { "resolution-mode": "import" }}).Lab;

const PROGRAM = `
const pulumi = require("@pulumi/pulumi");
class Remote extends pulumi.ComponentResource {
  constructor(type, name, args) { super("meshway:index:" + type, name, { ...args, ref: undefined }, {}, true); }
}
const config = new pulumi.Config();
const fleet = new Remote("Fleet", "prod", {
  clusters: ["east", "west"].map((name, index) => ({
    name, context: name, kubeconfig: config.requireSecret("kubeconfig"), trustDomain: name + ".example.com",
    locality: { region: name },
    eastWestGateway: { addresses: [pulumi.output("203.0.113.1" + index)], namespace: "default" },
  })),
});
const web = new Remote("VirtualGateway", "web", {
  fleet: { ref: fleet.ref }, namespace: "default",
  workloads: { labels: { istio: "ingressgateway" } }, listeners: [{ port: 80 }],
});
const reviews = new Remote("VirtualDestination", "reviews", {
  fleet: { ref: fleet.ref }, hosts: ["reviews.global"],
  services: [{ namespace: "default", labels: { app: "reviews" }, serviceAccounts: ["reviews"] }],
  ports: [{ number: 80, protocol: "HTTP", targetPort: 9080 }],
});
const shop = new Remote("RouteTable", "shop", {
  fleet: { ref: fleet.ref }, virtualGateways: [{ ref: web.ref }],
  hosts: [config.get("host") ?? pulumi.output("shop.example.com")],
  http: [{ name: "all", forwardTo: { destinations: [{ virtualDestination: { ref: reviews.ref } }] } }],
});
exports.kinds = pulumi.all([fleet.ref, web.ref, reviews.ref, shop.ref])
  .apply((refs) => refs.map(({ kind, name }) => kind + "/" + name).join());
`;

describe("provider", function () {
  this.timeout(15 * 60_000);
  let lab: Lab;
  let folder: string;
  let pulumi: (...args: string[]) => Promise<{ exitCode?: number; all: string }>;

  before(async () => {
    const { startLab } = await import("../lab/start-lab.js");
    const { execa } = await import("execa");
    lab = await startLab({ clusters: ["east", "west"] });
    folder = mkdtempSync(join(tmpdir(), "meshway-provider-"));
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(resolve("node_modules/@pulumi"), join(folder, "node_modules/@pulumi"));
    writeFileSync(join(folder, "Pulumi.yaml"), "name: remote\nruntime: nodejs\n");
    writeFileSync(join(folder, "package.json"), '{ "main": "index.js" }');
    writeFileSync(join(folder, "index.js"), PROGRAM);
    const env = { ...lab.env, PATH: [resolve("provider/bin"), lab.env["PATH"] ?? process.env["PATH"]].join(delimiter) };
    pulumi = async (...args) => {
      const { exitCode, all } = await execa("pulumi", args, { cwd: folder, env, all: true, reject: false });
      return { ...(exitCode !== undefined && { exitCode }), all: all ?? "" };
    };
    await succeed("stack", "init", "dev");
    await succeed("config", "set", "--secret", "kubeconfig", lab.kubeconfig);
  });

  after(async () => {
    await lab?.stop();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  async function succeed(...args: string[]): Promise<string> {
    const { exitCode, all } = await pulumi(...args);
    assert.equal(exitCode, 0, all);
    return all;
  }

  async function hosts(cluster: string): Promise<unknown> {
    const { kubeRequest } = await import("../lab/cluster/kube-request.js");
    const path = "/apis/networking.istio.io/v1/namespaces/default/virtualservices/shop--web";
    const { spec } = await kubeRequest<{ spec: { hosts: unknown } }>(lab.client(cluster), { method: "GET", path });
    return spec.hosts;
  }

  it("gives its schema to Pulumi", async () => {
    const schema = await succeed("package", "get-schema", resolve("provider/bin/pulumi-resource-meshway"));
    assert.match(schema, /"meshway:index:RouteTable"/);
  });

  it("previews every object before any exists", async () => {
    const preview = await succeed("preview", "--diff", "--non-interactive");
    for (const name of [
      "shop-east-VirtualService-shop--web",
      "shop-west-VirtualService-shop--web",
      "web-east-Gateway-web",
    ])
      assert.ok(preview.includes(name), `${name}\n${preview}`);
  });

  it("applies them to the clusters, and then has nothing to do", async () => {
    const up = await succeed("up", "--yes", "--non-interactive", "--skip-preview");
    // it holds the fleet's descriptor, which may contain credentials
    assert.match(up, /kinds: +\[secret\]/);
    const kinds = await succeed("stack", "output", "kinds", "--show-secrets");
    assert.match(kinds, /Fleet\/prod,VirtualGateway\/web,VirtualDestination\/reviews,RouteTable\/shop/);
    assert.deepEqual([await hosts("east"), await hosts("west")], [["shop.example.com"], ["shop.example.com"]]);
    await succeed("preview", "--expect-no-changes", "--non-interactive");
  });

  it("reports findings under the resource and leaves the clusters alone", async () => {
    await succeed("config", "set", "host", "sh op");
    const { exitCode, all } = await pulumi("preview", "--non-interactive");
    assert.notEqual(exitCode, 0);
    assert.match(all, /error\[MW0303\]: host `sh op`/);
    assert.match(all, /at RouteTable `shop`, hosts\[0\]/);
    await succeed("config", "rm", "host");
  });

  it("removes everything again", async () => {
    await succeed("destroy", "--yes", "--non-interactive", "--skip-preview");
    await assert.rejects(hosts("east"), /404|not found/i);
  });
});
