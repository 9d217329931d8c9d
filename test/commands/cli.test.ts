/** `meshway render` on programs, each in its own process, as users run it. */
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { chooser } from "../support/secrets/chooser.js";
import { Plants } from "../support/secrets/plants.js";
import { START, Workplace } from "./support/cli.js";

describe("meshway render, programs", () => {
  const at = new Workplace();

  it("renders the example without a cluster, the same each time", () => {
    const source = resolve("examples/two-clusters");
    const first = at.run("render", source, "--out", "a");
    assert.deepEqual([first.code, first.err], [0, ""]);
    assert.match(first.out, /^rendered \d+ objects for 2 clusters to a, removed 0 files\n$/);
    at.run("render", source, "--out", "b");
    const files = readdirSync(join(at.folder, "a"), { recursive: true, encoding: "utf8" }).filter((file) =>
      file.endsWith(".yaml"),
    );
    assert.ok(files.includes("east/virtual-service-gateways-shop--web.yaml"), files.join("\n"));
    for (const file of files)
      assert.equal(readFileSync(join(at.folder, "a", file), "utf8"), readFileSync(join(at.folder, "b", file), "utf8"));
  });

  it("works without a kubeconfig", () => {
    const { code, err } = at.renderProgram("table({});");
    assert.deepEqual([code, err], [0, ""]);
    assert.match(at.rendered("virtual-service-gateways-shop--web"), /shop\.example\.com/);
  });

  it("resolves values that the program itself determines", () => {
    const { code, err } = at.renderProgram(`
      const service = new k8s.core.v1.Service("frontend", { metadata: { name: "frontend", namespace: "shop" } });
      const { name, namespace } = service.metadata;
      table({ http: [{ name: "ok", forwardTo: { destinations: [
        { service: { name, namespace, cluster: "east" }, port: 80 } ] } }] });
      table(body(pulumi.interpolate\`hello \${pulumi.getProject()} \${service.metadata.name}\`), "greet");
      table(body(Promise.resolve("later")), "later");
    `);
    assert.deepEqual([code, err], [0, ""]);
    assert.match(at.rendered("virtual-service-gateways-shop--web"), /frontend\.shop\.svc\.cluster\.local/);
    assert.match(at.rendered("virtual-service-gateways-greet--web"), /hello meshway-cli-\S+ frontend/);
    assert.match(at.rendered("virtual-service-gateways-later--web"), /string: later/);
  });

  it("reports values that only `pulumi up` knows, however deep they are (MW0902)", () => {
    const { code, out, err } = at.renderProgram(`
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
    assert.match(
      err,
      /values at `hosts\[0\]` are known only during `pulumi up`[\s\S]*at RouteTable `status`, hosts\[0\]/,
    );
    assert.match(err, /outputs of stack org\/ops\/prod are not read/);
    assert.doesNotMatch(err, /undefined|object Object/);
    assert.match(err, /8 errors: nothing rendered/);
    assert.equal(existsSync(join(at.folder, "out")), false);
  });

  it("treats results of provider functions as unknown", () => {
    const { code, err } = at.renderProgram(`
      interface Region { name: string }
      const later = pulumi.runtime.invokeOutput<Region>("aws:index/getRegion:getRegion", {});
      table(body(later.apply((region) => region.name)));
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
    const { code, out, err } = at.renderProgram(`
      table(body(pulumi.secret("hush hush")));
      table({ hosts: [pulumi.secret("not a host")] }, "bad");
    `);
    assert.equal(code, 1);
    assert.match(err, /error\[MW0904\]: values at `http\[0\]\.directResponse\.body` are secret/);
    assert.doesNotMatch(out + err, /hush|not a host/);
  });

  it("writes no secret of a descriptor", () => {
    const { code, err } = at.renderProgram(`
      const model = JSON.stringify({
        hosts: ["hushed.global"], ports: [{ number: 80, protocol: "HTTP" }], secrets: [["hosts", 0]],
        services: [{ cluster: "east", namespace: "shop", labels: { app: "a" } }],
      });
      const reviews = { ref: { kind: "VirtualDestination", name: "reviews", model } };
      table({ http: [{ name: "ok", forwardTo: { destinations: [{ virtualDestination: reviews }] } }] });
    `);
    assert.equal(code, 1);
    assert.match(err, /error\[MW0904\]: values at `hosts\[0\] of VirtualDestination reviews` are secret/);
    assert.doesNotMatch(err, /hushed/);
  });

  it("reveals no part of a secret, and neither does explain", () => {
    const plants = new Plants(chooser(20261130));
    const secret = (way: number) => `pulumi.secret(${JSON.stringify(plants.plant("", way))} as never)`;
    for (const flags of [[], ["--json"]]) {
      const tables = Array.from(
        { length: 34 },
        (_, way) => `
        table({ hosts: [${secret(way)}], ...body(${secret(way)}) }, "t${way}");
        new meshway.JWTPolicy("j${way}", {
          providers: { a: { issuer: ${secret(way)}, local: { inline: ${secret(way)} } } },
        });
      `,
      );
      const { code, out, err } = at.renderProgram(tables.join(""), ...flags);
      const explained = at.run("explain", "index.ts", "GET", "http://t1.example.com/", ...flags);
      assert.deepEqual([code, explained.code], [1, 1]);
      assert.equal(plants.find(out + err + explained.out + explained.err), undefined);
      assert.match(out + err, /MW0904/);
    }
  });

  it("reports the findings of all resources at once", () => {
    const { code, err } = at.renderProgram(`
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

  it("prints findings and their count as JSON, and nothing else, to standard output", () => {
    at.write("index.ts", `${START} console.log("chatter"); table({ hosts: ["sh op"] });`);
    const { code, out, err } = at.run("render", "index.ts", "--json");
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

  it("waits for asynchronous programs", () => {
    const later = "await new Promise((resolve) => setTimeout(resolve, 50));";
    for (const program of [
      `export = async () => { ${later} table({}); };`,
      `export const done = (async () => { ${later} table({}); })();`,
      `void (async () => { ${later} table({}); })();`,
    ]) {
      rmSync(join(at.folder, "out"), { recursive: true, force: true });
      const { code, err } = at.renderProgram(program);
      assert.deepEqual([code, err], [0, ""]);
      assert.match(at.rendered("virtual-service-gateways-shop--web"), /shop/);
    }
  });

  it("runs ES modules and JavaScript", () => {
    at.write("module/package.json", '{ "type": "module" }');
    at.write("module/index.ts", `${START} await Promise.resolve(); export default async () => { table({}); };`);
    assert.equal(at.run("render", "module", "--out", "out").err, "");
    assert.match(at.rendered("virtual-service-gateways-shop--web"), /shop/);
    at.write("plain.js", 'const { Fleet } = require("meshway"); new Fleet("prod", { clusters: [{ name: "east" }] });');
    assert.equal(at.run("render", "plain.js", "--out", "other").code, 0);
  });

  it("reads project, stack and plain configuration", () => {
    at.write("Pulumi.yaml", "name: shop\nruntime: nodejs\nmain: src\nconfig:\n  greeting: { default: hello }\n");
    at.write("Pulumi.prod.yaml", "config:\n  shop:who: you\n  shop:key: { secure: AAABAE }\n");
    at.write(
      "src/index.ts",
      `${START}
      const config = new pulumi.Config();
      const values = [config.require("greeting"), config.require("who"), config.get("key")];
      table(body([...values, pulumi.getStack(), pulumi.getProject()].join()));
    `,
    );
    const { code, err } = at.run("render", ".", "--out", "out");
    assert.equal(code, 0, err);
    assert.match(err, /^note: the configuration value shop:key is encrypted and counts as unknown\n$/);
    assert.match(at.rendered("virtual-service-gateways-shop--web"), /string: hello,you,,prod,shop/);
    at.write("Pulumi.dev.yaml", "config: {}\n");
    assert.match(at.run("render", ".", "--out", "out").err, /it has the stacks dev, prod: choose one with --stack/);
    assert.equal(at.run("render", ".", "--out", "out", "--stack", "prod").code, 0);
  });

  it("treats encrypted configuration as unknown secrets, and names the fields that hold them (MW0904)", () => {
    at.write("Pulumi.yaml", "name: shop\nruntime: nodejs\n");
    at.write("Pulumi.prod.yaml", "config:\n  shop:addr: { secure: AAABAE }\n  shop:port: { secure: AAABAE }\n");
    const program = (line: string) => at.write("index.ts", `${START}const config = new pulumi.Config();\n${line}`);
    program('config.requireSecretNumber("port"); table(body(config.requireSecret("addr")));');
    const { code, err } = at.run("render", ".", "--out", "out");
    assert.equal(code, 1);
    assert.match(err, /^note: the configuration values shop:addr, shop:port are encrypted and count as unknown\n/);
    assert.match(err, /error\[MW0904\]: values at `http\[0\]\.directResponse\.body` are secret/);
    assert.doesNotMatch(err, /Missing required/);
    // a guard holds no values of tables
    assert.doesNotMatch(at.run("guard", ".", "--out", "out").err, /MW0904/);
    program('table(body(config.require("addr")));');
    assert.match(at.run("render", ".", "--out", "out").err, /shop:addr is encrypted.*read it by `requireSecret`/);
  });

  it("reports a program's failure with the program's own message", () => {
    const thrown = at.renderProgram('throw new Error("the moon is full");');
    assert.equal(thrown.code, 1);
    assert.match(thrown.err, /^error: the program index\.ts failed: the moon is full\n/);
    assert.match(thrown.err, /index\.ts:\d+/);
    assert.match(at.renderProgram("void Promise.reject(new Error('no luck'));").err, /failed: no luck/);
    assert.match(at.renderProgram("new pulumi.Config().require('size');").err, /size/);
    assert.match(
      at.renderProgram("table(body(pulumi.output(1).apply(() => { throw new Error('in apply'); })));").err,
      /failed: in apply/,
    );
    assert.match(at.renderProgram("process.exit(3);").err, /ended before all of its values were known \(exit code 3\)/);
    assert.match(
      at.renderProgram("table(body(new Promise<string>(() => undefined)));").err,
      /ended while it waited for a promise that is never settled/,
    );
    for (const program of [
      "async function main() { await new Promise(() => undefined); table(); } void main();",
      "const wait = async () => new Promise(() => undefined); void wait().then(() => table());",
    ])
      assert.match(
        at.renderProgram(program).err,
        /ended while it waited for a promise that is never settled, made at .*index\.ts:\d+/,
      );
    assert.match(
      at.renderProgram(
        "new pulumi.StackReference('acme/shop/dev').getOutput('x')" +
          ".apply(() => { new pulumi.ComponentResource('a:b:C', 'c'); });",
      ).err,
      /makes resources \(`new pulumi\.ComponentResource`\) in a callback of `apply`/,
    );
    assert.match(at.renderProgram("this is not TypeScript").err, /^error: the program index\.ts failed: /);
    at.write("index.ts", 'throw new Error("json too");');
    const json = at.run("render", "index.ts", "--json");
    assert.equal(json.code, 1);
    assert.match((JSON.parse(json.out) as { error: string }).error, /json too/);
  });

  it("refuses programs in other languages, and anything that isn't a program (MW0903)", () => {
    at.write("Pulumi.yaml", "name: shop\nruntime: python\n");
    assert.match(
      at.run("render", ".", "--out", "out").err,
      /MW0903[\s\S]*names the runtime `python`, expected `nodejs`/,
    );
    assert.match(at.run("render", "nothing", "--out", "out").err, /MW0903[\s\S]*there is no such file or folder/);
    at.write("notes.txt", "");
    assert.match(at.run("render", "notes.txt", "--out", "out").err, /MW0903[\s\S]*its name ends in none of/);
    mkdirSync(join(at.folder, "empty"));
    assert.match(at.run("render", "empty", "--out", "out").err, /MW0903[\s\S]*holds no program, expected an index\.ts/);
    at.write("broken/Pulumi.yaml", "name: [shop\n");
    assert.match(
      at.run("render", "broken", "--out", "out").err,
      /MW0903\].*Pulumi\.yaml: .* at line 2, column 1\n {2}at Model/,
    );
    symlinkSync("loop", join(at.folder, "loop"));
    const loop = at.run("render", "loop", "--out", "out");
    assert.match(loop.err, /MW0903[\s\S]*too many symbolic links/);
    assert.equal(loop.code, 1);
    assert.equal(at.run("render", "", "--out", "out").code, 2);
  });
});
