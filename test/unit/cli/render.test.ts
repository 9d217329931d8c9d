/** Tests what `meshway render` writes, removes and rejects on model files. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseAllDocuments } from "yaml";

const CLI = ["--import", "tsx", resolve("sdk/nodejs/src/cli/main.ts")];

const OK = "{ name: ok, directResponse: { status: 200 } }";
const MODEL = `
fleets:
  prod: { clusters: [{ name: east, context: east }, { name: west }] }
virtualGateways:
  web: { fleet: prod, namespace: gateways, workloads: { labels: { istio: ingressgateway } }, listeners: [{ port: 80 }] }
routeTables:
  shop: { fleet: prod, hosts: [shop.example.com], virtualGateways: [web], http: [${OK}] }
  blog: { fleet: prod, hosts: [blog.example.com], virtualGateways: [web], http: [${OK}] }
`;

describe("meshway render, model files", function () {
  this.timeout(120_000);
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "meshway-cli-"));
    writeFileSync(join(folder, "model.yaml"), MODEL);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function run(...args: string[]) {
    const cwd = resolve(".");
    const at = args.map((arg) => (/^(out|model.*|no-file.*)$/.test(arg) ? join(folder, arg) : arg));
    const { status, stdout, stderr } = spawnSync(process.execPath, [...CLI, ...at], {
      cwd,
      encoding: "utf8",
      env: { ...process.env, NO_COLOR: "1" },
    });
    return { code: status, out: stdout.replaceAll(folder, ""), err: stderr.replaceAll(folder, "") };
  }

  const write = (model: string): void => writeFileSync(join(folder, "model.yaml"), model);
  const files = (): string[] =>
    readdirSync(join(folder, "out"), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".yaml"))
      .sort();

  it("writes one object per file, by cluster", () => {
    assert.deepEqual(run("render", "model.yaml", "--out", "out"), {
      code: 0,
      out: "rendered 6 objects for 2 clusters to /out, removed 0 files\n",
      err: "",
    });
    const names = [
      "gateway-gateways-web.yaml",
      "virtual-service-gateways-blog--web.yaml",
      "virtual-service-gateways-shop--web.yaml",
    ];
    assert.deepEqual(
      files(),
      ["east", "west"].flatMap((cluster) => names.map((name) => join(cluster, name))),
    );
    const text = readFileSync(join(folder, "out", "east", "gateway-gateways-web.yaml"), "utf8");
    assert.match(text, /^# rendered by meshway\n---\napiVersion: networking\.istio\.io\/v1\nkind: Gateway\n/);
    assert.equal(parseAllDocuments(text).length, 1);
  });

  it("leaves unchanged files untouched, and removes what is no longer rendered", () => {
    run("render", "model.yaml", "--out", "out");
    const shop = join(folder, "out/east/virtual-service-gateways-shop--web.yaml");
    const before = statSync(shop, { bigint: true });
    writeFileSync(join(folder, "out/east/own.yaml"), "# my own\n");
    mkdirSync(join(folder, "out/other"));
    writeFileSync(join(folder, "out/other/own.yaml"), "# not rendered by meshway\n");
    write(MODEL.replace(/.*blog.*\n/, "").replace(", { name: west }", ""));
    assert.equal(run("render", "model.yaml", "--out", "out").code, 0);
    const after = statSync(shop, { bigint: true });
    assert.deepEqual([after.mtimeNs, after.ino], [before.mtimeNs, before.ino]);
    assert.deepEqual(files(), [
      "east/gateway-gateways-web.yaml",
      "east/own.yaml",
      "east/virtual-service-gateways-shop--web.yaml",
      "other/own.yaml",
    ]);
    assert.equal(existsSync(join(folder, "out/west")), false);
  });

  it("writes and prunes only the named clusters", () => {
    run("render", "model.yaml", "--out", "out");
    write(MODEL.replace(/.*blog.*\n/, ""));
    assert.match(
      run("render", "model.yaml", "--out", "out", "--cluster", "east").out,
      /^rendered 2 objects for 1 cluster to/,
    );
    assert.deepEqual(
      files().filter((file) => file.includes("blog")),
      ["west/virtual-service-gateways-blog--web.yaml"],
    );
    const { code, err } = run("render", "model.yaml", "--out", "out", "--cluster", "eats");
    assert.equal(code, 1);
    assert.match(err, /MW0501\]: the fleet has no cluster `eats`[\s\S]*did you mean `east`/);
  });

  it("writes nothing if a finding is an error, and reports all findings", () => {
    run("render", "model.yaml", "--out", "out");
    const before = files();
    write(
      MODEL.replace("namespace: gateways", "namespace: gate ways")
        .replace("blog.example.com", "b log")
        .replace(/.*shop.*\n/, ""),
    );
    const { code, out, err } = run("render", "model.yaml", "--out", "out");
    assert.equal(code, 1);
    assert.equal(out, "");
    assert.match(err, /MW0303[\s\S]*MW0110[\s\S]*2 errors: nothing rendered\n$/);
    assert.deepEqual(files(), before);
  });

  it("prints warnings to standard error and goes on", () => {
    write(MODEL.replace("{ name: ok, directResponse", "{ name: ok, matchers: [{ method: get }], directResponse"));
    const { code, out, err } = run("render", "model.yaml", "--out", "out");
    assert.equal(code, 0);
    assert.match(out, /^rendered 6 objects/);
    assert.match(err, /^warning\[MW0213\]/);
  });

  it("removes no files if nothing is rendered, unless that is requested, and reports the number", () => {
    run("render", "model.yaml", "--out", "out");
    const before = files();
    write("{}");
    const refused = run("render", "model.yaml", "--out", "out");
    assert.deepEqual([refused.code, refused.out], [1, ""]);
    assert.match(
      refused.err,
      /there is nothing to write, and 6 files of earlier renders would be removed from \/out: pass --allow-empty/,
    );
    assert.match(run("render", "model.yaml", "--out", "out", "--json").out, /--allow-empty/);
    assert.deepEqual(files(), before);
    write(MODEL.replace(/.*blog.*\n/, ""));
    assert.match(
      run("render", "model.yaml", "--out", "out").out,
      /^rendered 4 objects for 2 clusters to \/out, removed 2 files\n$/,
    );
    write("{}");
    const { code, out } = run("render", "model.yaml", "--out", "out", "--allow-empty");
    assert.deepEqual([code, out], [0, "rendered 0 objects for 0 clusters to /out, removed 4 files\n"]);
    assert.deepEqual(files(), []);
    // an empty folder has nothing to lose
    assert.equal(run("render", "model.yaml", "--out", "out").code, 0);
  });

  it("prints JSON for machines, with or without files", () => {
    const only = run("render", "model.yaml", "--json");
    assert.deepEqual([only.code, JSON.parse(only.out)], [0, { findings: [], objects: 6 }]);
    assert.deepEqual(JSON.parse(run("render", "model.yaml", "--json", "--out", "out", "--cluster", "west").out), {
      findings: [],
      objects: 3,
      removed: 0,
    });
    assert.equal(files().length, 3);
    write("fleets: [");
    const broken = run("render", "model.yaml", "--json");
    assert.equal(broken.code, 1);
    const [finding] = (JSON.parse(broken.out) as { findings: Record<string, unknown>[] }).findings;
    assert.deepEqual(
      [finding?.["code"], finding?.["name"], finding?.["severity"]],
      ["MW0903", "unreadable-file", "error"],
    );
  });

  it("never overwrites another's file, nor a file in place of a folder", () => {
    mkdirSync(join(folder, "out/east"), { recursive: true });
    writeFileSync(join(folder, "out/east/gateway-gateways-web.yaml"), "mine");
    const { code, err } = run("render", "model.yaml", "--out", "out");
    assert.equal(code, 1);
    assert.match(err, /^error: .*gateway-gateways-web\.yaml exists and was not rendered by meshway/);
    assert.deepEqual(files(), ["east/gateway-gateways-web.yaml"]);
    rmSync(join(folder, "out"), { recursive: true });
    writeFileSync(join(folder, "out"), "mine");
    assert.match(run("render", "model.yaml", "--out", "out").err, /^error: /);
    assert.equal(readFileSync(join(folder, "out"), "utf8"), "mine");
  });

  it("rejects wrong usage with exit code 2", () => {
    for (const args of [
      [],
      ["render"],
      ["render", "model.yaml"],
      ["rendre"],
      ["render", "model.yaml", "--out"],
      ["render", "model.yaml", "--what"],
    ]) {
      const { code, out } = run(...args);
      assert.deepEqual([code, out], [2, ""], args.join(" "));
    }
    assert.equal(run("--help").code, 0);
    assert.match(run("--version").out, /^\d+\.\d+\.\d+\n$/);
    assert.deepEqual(run("render", "no-file.yaml", "--out", "out").code, 1);
  });

  it("renders 10,000 routes in less than 1 GB", () => {
    const routes = Array.from({ length: 10_000 }, (_, index) => ({
      name: `route-${index}`,
      matchers: [{ uri: { prefix: `/part-${index}/` }, headers: [{ name: "x-version", value: `v${index % 7}` }] }],
      forwardTo: {
        destinations: [
          { virtualDestination: `app-${index % 50}`, weight: 40 },
          { virtualDestination: `app-${(index + 1) % 50}`, weight: 60 },
        ],
      },
    }));
    const named = (count: number, make: (index: number) => object) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`app-${index}`, make(index)]));
    const clusters = ["east", "west", "north"].map((name, index) => ({
      name,
      trustDomain: name,
      locality: { region: name },
      eastWestGateway: { addresses: [`203.0.113.${index}`] },
    }));
    const model = {
      fleets: { prod: { clusters } },
      virtualGateways: {
        web: {
          fleet: "prod",
          namespace: "gateways",
          workloads: { labels: { istio: "ingressgateway" } },
          listeners: [{ port: 80 }],
        },
      },
      virtualDestinations: named(50, (index) => ({
        fleet: "prod",
        hosts: [`app-${index}.global`],
        services: [{ namespace: "shop", labels: { app: `app-${index}` }, serviceAccounts: ["app"] }],
        ports: [{ number: 80, protocol: "HTTP" }],
      })),
      routeTables: named(5, (index) => ({
        fleet: "prod",
        hosts: [`shop-${index}.example.com`],
        virtualGateways: ["web"],
        http: routes.slice(index * 2000, (index + 1) * 2000),
      })),
    };
    writeFileSync(join(folder, "model.json"), JSON.stringify(model));
    const measure = join(folder, "measure.cjs");
    writeFileSync(measure, "process.on('exit', () => console.error('rss', process.resourceUsage().maxRSS))");
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [
        "--max-old-space-size=900",
        "--require",
        measure,
        ...CLI,
        "render",
        join(folder, "model.json"),
        "--out",
        join(folder, "out"),
      ],
      { encoding: "utf8", env: { ...process.env, NO_COLOR: "1" } },
    );
    assert.equal(status, 0, stderr);
    assert.match(stdout, /^rendered \d+ objects for 3 clusters/);
    const kilobytes = Number(/rss (\d+)/.exec(stderr)?.[1]);
    assert.ok(kilobytes > 0 && kilobytes < 1024 * 1024, `${kilobytes} kB`);
  });
});
