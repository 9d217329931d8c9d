/** docs/pulumi-options.md: programs in other languages, through a copy of the plugin's folder outside of the workspace. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { parse } from "yaml";
import { holdStatements } from "../docs/pulumi-options.js";
import { BUILD_TIMEOUT, cleanLab, type Setting, TEST_TIMEOUT } from "./support/lab.js";
import { type Answer, startPulumi } from "./support/run-pulumi.js";
import { refuse, succeed } from "./support/stack.js";

const PROGRAM = `
name: in-yaml
runtime: yaml
resources:
  prod:
    type: meshway:Fleet
    properties:
      clusters:
        - { name: east, context: east, locality: { region: eu }, eastWestGateway: { addresses: ["203.0.113.10"] } }
        - { name: west, context: west, locality: { region: us }, eastWestGateway: { addresses: ["203.0.113.20"] } }
  web:
    type: meshway:VirtualGateway
    properties:
      fleet: { ref: "\${prod.ref}" }
      namespace: gateways
      workloads: { labels: { istio: ingressgateway } }
      listeners: [{ port: 80 }]
  shop:
    type: meshway:RouteTable
    properties:
      fleet: { ref: "\${prod.ref}" }
      virtualGateways: [{ ref: "\${web.ref}" }]
      hosts: [shop.example.com]
      http: [{ name: ok, directResponse: { status: 200 } }]
`;

const OBJECTS = ["Gateway gateways/web", "Gateway istio-system/prod--east-west", "VirtualService gateways/shop--web"];

describe("other languages", function () {
  this.timeout(TEST_TIMEOUT);
  let setting: Setting;
  let plugin: string;
  let project: string;
  let env: NodeJS.ProcessEnv;

  before(async function () {
    this.timeout(BUILD_TIMEOUT);
    const { ensureYamlHost } = await import("../lab/parts/ensure.js");
    const host = await ensureYamlHost();
    setting = await cleanLab();
    const folder = mkdtempSync(join(setting.lab.folder, "languages-"));
    plugin = join(folder, "meshway");
    execFileSync("npx", ["--no-install", "tsx", "provider/bundle.ts"]);
    cpSync("provider/dist", plugin, { recursive: true });
    execFileSync("npm", ["install", "--omit=dev", "--prefer-offline", "--ignore-scripts"], { cwd: plugin });
    project = join(folder, "in-yaml");
    mkdirSync(project);
    const path = [plugin, setting.lab.env["PATH"], host].join(delimiter);
    env = { ...process.env, ...setting.lab.env, PATH: path };
  });

  function pulumi(...args: string[]): Promise<Answer> {
    return startPulumi([...args, "--non-interactive", "--color=never"], { cwd: project, env }).answer;
  }

  function write(program: string): void {
    writeFileSync(join(project, "Pulumi.yaml"), program);
  }

  holdStatements("Other languages", {
    "The folder `provider/dist` is the whole plugin: copied anywhere, it serves its schema to Pulumi after `npm install`.":
      async () => {
        write("name: in-yaml\nruntime: yaml\n");
        const program = succeed(await pulumi("package", "get-schema", join(plugin, "pulumi-resource-meshway")));
        // the CLI writes it in its own way
        const resources = (schema: string) => Object.keys(JSON.parse(schema).resources).sort();
        assert.deepEqual(resources(program.stdout), resources(readFileSync("provider/schema.json", "utf8")));
        const { code, text, stdout } = await pulumi("package", "get-schema", plugin);
        assert.doesNotMatch(text, /npm error|node_modules directory is missing/);
        // the newest host for Node.js that is served as a Go module knows of no plugins
        if (code !== 0) assert.match(text, /could not read plugin .*not supported/);
        else assert.match(stdout, /"meshway:index:RouteTable"/);
      },

    "`pulumi package add` writes the package description that a YAML program needs.": async () => {
      write("name: in-yaml\nruntime: yaml\n");
      const { code, text } = await pulumi("package", "add", join(plugin, "pulumi-resource-meshway"));
      assert.match(text, /Successfully generated an SDK for the meshway package/);
      // newer hosts also write it down in the project
      if (code !== 0) assert.match(text, /method Link not implemented/);
      const written = join(project, "sdks/meshway/meshway-0.1.0.yaml");
      assert.ok(existsSync(written));
      assert.equal(parse(readFileSync(written, "utf8")).name, "meshway");
    },

    "A YAML program previews, applies and removes its objects, and its mistakes are reported.": async () => {
      write(PROGRAM);
      succeed(await pulumi("stack", "init", "dev"));
      const { text } = succeed(await pulumi("preview"));
      assert.match(text, /shop-west-VirtualService-shop--web create/);
      succeed(await pulumi("up", "--yes", "--skip-preview"));
      assert.deepEqual([await setting.east.objects(), await setting.west.objects()], [OBJECTS, OBJECTS]);
      succeed(await pulumi("preview", "--expect-no-changes"));
      write(PROGRAM.replace("shop.example.com", '"sh op.example.com"'));
      const wrong = refuse(await pulumi("preview")).text;
      assert.match(wrong, /error\[MW0303\]: host `sh op\.example\.com`.*\n +at RouteTable `shop`, hosts\[0\]/);
      write(PROGRAM);
      succeed(await pulumi("destroy", "--yes", "--skip-preview"));
      assert.deepEqual([await setting.east.objects(), await setting.west.objects()], [[], []]);
    },
  });
});
