/** `meshway render` on programs, each in a process of its own, as users run it. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const CLI = resolve("sdk/nodejs/bin/cli/main.js");

interface Result {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const START = `
import * as k8s from "@pulumi/kubernetes";
import * as meshway from "meshway";
import * as pulumi from "@pulumi/pulumi";
const fleet = new meshway.Fleet("prod", { clusters: [{ name: "east", kubeconfig: "/nowhere", context: "east" }] });
const web = new meshway.VirtualGateway("web", {
  fleet, namespace: "gateways", workloads: { labels: { istio: "ingressgateway" } }, listeners: [{ port: 80 }],
});
function table(more: Partial<meshway.RouteTableArgs>, name = "shop") {
  return new meshway.RouteTable(name, {
    fleet, hosts: [name + ".example.com"], virtualGateways: [web],
    http: [{ name: "ok", directResponse: { status: 200 } }], ...more,
  });
}
const body = (text: pulumi.Input<string>) => ({ http: [{ name: "ok", directResponse: { status: 200, body: text } }] });
`;

describe("meshway render, programs", function () {
  this.timeout(60_000);
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "meshway-cli-"));
    symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function write(file: string, text: string): void {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }

  function run(...args: string[]): Result {
    const env = { ...process.env, NO_COLOR: "1", KUBECONFIG: "/nowhere/at/all" };
    const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
      cwd: folder,
      encoding: "utf8",
      env,
    });
    return { code: status, out: stdout, err: stderr };
  }

  /** Renders a program that is the start above and these lines. */
  function renderProgram(lines: string, ...args: string[]): Result {
    write("index.ts", START + lines);
    return run("render", "index.ts", "--out", "out", ...args);
  }

  function rendered(name: string): string {
    return readFileSync(join(folder, "out/east", `${name}.yaml`), "utf8");
  }

  it("renders the example without a cluster, the same each time", () => {
    const source = resolve("examples/two-clusters");
    const first = run("render", source, "--out", "a");
    assert.deepEqual([first.code, first.err], [0, ""]);
    assert.match(first.out, /^rendered \d+ objects for 2 clusters to a\n$/);
    run("render", source, "--out", "b");
    const files = readdirSync(join(folder, "a"), { recursive: true, encoding: "utf8" }).filter((file) =>
      file.endsWith(".yaml"),
    );
    assert.ok(files.includes("east/virtual-service-gateways-shop--web.yaml"), files.join("\n"));
    for (const file of files)
      assert.equal(readFileSync(join(folder, "a", file), "utf8"), readFileSync(join(folder, "b", file), "utf8"));
  });

  it("needs no kubeconfig", () => {
    const { code, err } = renderProgram("table({});");
    assert.deepEqual([code, err], [0, ""]);
    assert.match(rendered("virtual-service-gateways-shop--web"), /shop\.example\.com/);
  });

  it("knows values that follow from the program itself", () => {
    const { code, err } = renderProgram(`
      const service = new k8s.core.v1.Service("frontend", { metadata: { name: "frontend", namespace: "shop" } });
      table({ http: [{ name: "ok", forwardTo: { destinations: [
        { service: { name: service.metadata.name, namespace: service.metadata.namespace, cluster: "east" }, port: 80 } ] } }] });
      table(body(pulumi.interpolate\`hello \${pulumi.getProject()} \${service.metadata.name}\`), "greet");
      table(body(Promise.resolve("later")), "later");
    `);
    assert.deepEqual([code, err], [0, ""]);
    assert.match(rendered("virtual-service-gateways-shop--web"), /frontend\.shop\.svc\.cluster\.local/);
    assert.match(rendered("virtual-service-gateways-greet--web"), /hello meshway-cli-\S+ frontend/);
    assert.match(rendered("virtual-service-gateways-later--web"), /string: later/);
  });

  it("reports what only `pulumi up` knows, wherever it is hidden (MW0902)", () => {
    const { code, out, err } = renderProgram(`
      const service = new k8s.core.v1.Service("frontend", { spec: { ports: [{ port: 80 }] } });
      table({ hosts: [service.status.loadBalancer.ingress[0].hostname] }, "status");
      table(body(service.metadata.name), "name");
      table(body(pulumi.interpolate\`\${service.spec.clusterIP}:80\`), "ip");
      table(body(service.spec.apply((spec) => spec.clusterIP + ":80")), "added");
      table(body(service.spec.apply((spec) => "" + spec.selector.a.b)), "deep");
      table(body(service.id), "id");
      table(body(k8s.core.v1.Service.get("other", "shop/other").spec.clusterIP), "got");
      table(body(new pulumi.StackReference("org/ops/prod").getOutput("body") as pulumi.Output<string>), "stack");
    `);
    assert.equal(code, 1);
    assert.equal(out, "");
    for (const name of ["name", "ip", "added", "deep", "id", "got", "stack"])
      assert.ok(err.includes(`at RouteTable \`${name}\`, http[0].directResponse.body`), `${name}: ${err}`);
    assert.match(err, /values at `hosts\[0\]` are known only to `pulumi up`[\s\S]*at RouteTable `status`, hosts\[0\]/);
    assert.match(err, /outputs of stack org\/ops\/prod are not read/);
    assert.doesNotMatch(err, /undefined|object Object/);
    assert.match(err, /8 errors: nothing rendered/);
    assert.equal(existsSync(join(folder, "out")), false);
  });

  it("counts results of provider functions as unknown", () => {
    const { code, err } = renderProgram(`
      interface Region { name: string }
      table(body(pulumi.runtime.invokeOutput<Region>("aws:index/getRegion:getRegion", {}).apply((region) => region.name)));
      export = async () => {
        const region = (await pulumi.runtime.invoke("aws:index/getRegion:getRegion", {})) as Region;
        table(body(region.name), "awaited");
      };
    `);
    assert.equal(code, 1);
    assert.match(err, /note: the provider function aws:index\/getRegion:getRegion is not called/);
    assert.match(err, /2 errors: nothing rendered/);
  });

  it("never writes a secret (MW0904)", () => {
    const { code, out, err } = renderProgram(`
      table(body(pulumi.secret("hush hush")));
      table({ hosts: [pulumi.secret("not a host")] }, "bad");
    `);
    assert.equal(code, 1);
    assert.match(err, /error\[MW0904\]: values at `http\[0\]\.directResponse\.body` are secret/);
    assert.doesNotMatch(out + err, /hush|not a host/);
  });

  it("reports the findings of all resources at once", () => {
    const { code, err } = renderProgram(`
      table({ hosts: ["sh op"], http: [{ name: "a", directResponse: { status: 20 } }] }, "one");
      table({ hosts: ["two.example.com"], typo: 1 } as object, "two");
      table({ hosts: ["same.example.com"] }, "three");
      table({ hosts: ["same.example.com"] }, "four");
      new meshway.VirtualGateway("late", undefined as never);
      new meshway.Fleet("odd", { clusters: [{ name: "a", kubeconfig: 3 as never }] });
    `);
    assert.equal(code, 1);
    for (const code of ["MW0303", "MW0104", "MW0101", "MW0302", "MW0102"])
      assert.ok(err.includes(code), `${code}: ${err}`);
    for (const name of ["one", "two", "four", "late", "odd"]) assert.ok(err.includes(`\`${name}\``), name);
  });

  it("prints findings and the count as JSON, and nothing else, to standard output", () => {
    write("index.ts", `${START} console.log("chatter"); table({ hosts: ["sh op"] });`);
    const { code, out, err } = run("render", "index.ts", "--json");
    assert.equal(code, 1);
    const { findings, objects } = JSON.parse(out) as {
      findings: { code: string; at: string; message: string }[];
      objects: number;
    };
    assert.deepEqual(
      findings.map(({ code, at }) => [code, at]),
      [["MW0303", "hosts[0]"]],
    );
    assert.equal(objects, 0);
    assert.match(err, /chatter/);
  });

  it("waits for programs that are asynchronous", () => {
    const later = "await new Promise((resolve) => setTimeout(resolve, 50));";
    for (const program of [
      `export = async () => { ${later} table({}); };`,
      `export const done = (async () => { ${later} table({}); })();`,
      `void (async () => { ${later} table({}); })();`,
    ]) {
      rmSync(join(folder, "out"), { recursive: true, force: true });
      const { code, err } = renderProgram(program);
      assert.deepEqual([code, err], [0, ""]);
      assert.match(rendered("virtual-service-gateways-shop--web"), /shop/);
    }
  });

  it("runs modules and JavaScript", () => {
    write("module/package.json", '{ "type": "module" }');
    write("module/index.ts", `${START} await Promise.resolve(); export default async () => { table({}); };`);
    assert.equal(run("render", "module", "--out", "out").err, "");
    assert.match(rendered("virtual-service-gateways-shop--web"), /shop/);
    write("plain.js", 'const { Fleet } = require("meshway"); new Fleet("prod", { clusters: [{ name: "east" }] });');
    assert.equal(run("render", "plain.js", "--out", "out").code, 0);
  });

  it("reads project, stack and plain configuration", () => {
    write("Pulumi.yaml", "name: shop\nruntime: nodejs\nmain: src\nconfig:\n  greeting: { default: hello }\n");
    write("Pulumi.prod.yaml", "config:\n  shop:who: you\n  shop:key: { secure: AAABAE }\n");
    write(
      "src/index.ts",
      `${START}
      const config = new pulumi.Config();
      table(body([config.require("greeting"), config.require("who"), config.get("key"), pulumi.getStack(), pulumi.getProject()].join()));
    `,
    );
    const { code, err } = run("render", ".", "--out", "out");
    assert.equal(code, 0, err);
    assert.match(err, /^note: the configuration value shop:key is encrypted and left out\n$/);
    assert.match(rendered("virtual-service-gateways-shop--web"), /string: hello,you,,prod,shop/);
    write("Pulumi.dev.yaml", "config: {}\n");
    assert.match(run("render", ".", "--out", "out").err, /it has the stacks dev, prod: choose one with --stack/);
    assert.equal(run("render", ".", "--out", "out", "--stack", "prod").code, 0);
  });

  it("says with its own message why a program failed", () => {
    const thrown = renderProgram('throw new Error("the moon is full");');
    assert.equal(thrown.code, 1);
    assert.match(thrown.err, /^error: the program index\.ts failed: the moon is full\n/);
    assert.match(thrown.err, /index\.ts:\d+/);
    assert.match(renderProgram("void Promise.reject(new Error('no luck'));").err, /failed: no luck/);
    assert.match(renderProgram("new pulumi.Config().require('size');").err, /size/);
    assert.match(
      renderProgram("table(body(pulumi.output(1).apply(() => { throw new Error('in apply'); })));").err,
      /failed: in apply/,
    );
    assert.match(renderProgram("process.exit(3);").err, /ended before all of its values were known \(exit code 3\)/);
    assert.match(
      renderProgram("table(body(new Promise<string>(() => undefined)));").err,
      /ended before all of its values/,
    );
    assert.match(renderProgram("this is not TypeScript").err, /^error: the program index\.ts failed: /);
    write("index.ts", 'throw new Error("json too");');
    const json = run("render", "index.ts", "--json");
    assert.equal(json.code, 1);
    assert.match((JSON.parse(json.out) as { error: string }).error, /json too/);
  });

  it("refuses programs in other languages, and what is no program (MW0903)", () => {
    write("Pulumi.yaml", "name: shop\nruntime: python\n");
    assert.match(run("render", ".", "--out", "out").err, /MW0903[\s\S]*names the runtime `python`, expected `nodejs`/);
    assert.match(run("render", "nothing", "--out", "out").err, /MW0903[\s\S]*there is no such file or folder/);
    write("notes.txt", "");
    assert.match(run("render", "notes.txt", "--out", "out").err, /MW0903[\s\S]*its name ends in none of/);
    mkdirSync(join(folder, "empty"));
    assert.match(run("render", "empty", "--out", "out").err, /MW0903[\s\S]*holds no program, expected an index\.ts/);
    write("broken/Pulumi.yaml", "name: [shop\n");
    assert.match(
      run("render", "broken", "--out", "out").err,
      /MW0903\].*Pulumi\.yaml: .* at line 2, column 1\n {2}at Model/,
    );
    symlinkSync("loop", join(folder, "loop"));
    const loop = run("render", "loop", "--out", "out");
    assert.match(loop.err, /MW0903[\s\S]*too many symbolic links/);
    assert.equal(loop.code, 1);
    assert.equal(run("render", "", "--out", "out").code, 2);
  });

  it("renders a program as the model file that says the same", () => {
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
    write("model.json", JSON.stringify(model));
    write(
      "index.ts",
      `import * as meshway from "meshway";
      const route = (destination: meshway.DestinationArgs) => [{ name: "all", forwardTo: { destinations: [destination] } }];
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
      const { code, err } = run("render", source, "--out", `out-${source}`);
      assert.equal(code, 0, err);
      const files = readdirSync(join(folder, `out-${source}`), { recursive: true, encoding: "utf8" }).sort();
      const texts = files.filter((path) => path.endsWith(".yaml"));
      return texts.map((path) => `${path}\n${readFileSync(join(folder, `out-${source}`, path), "utf8")}`);
    });
    assert.ok((file?.length ?? 0) > 10);
    assert.deepEqual(program, file);
  });

  it("takes references by the ref output, also of a fleet", () => {
    const { code, err } = renderProgram("table({ fleet: { ref: fleet.ref }, virtualGateways: [{ ref: web.ref }] });");
    assert.deepEqual([code, err], [0, ""]);
  });
});
