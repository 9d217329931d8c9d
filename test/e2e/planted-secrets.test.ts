/**
 * Secrets in many leaves, valid and invalid, reach the clusters but appear in nothing that the CLI prints, logs or
 * stores.
 */
import assert from "node:assert/strict";
import { chooser } from "../support/secrets/chooser.js";
import { Plants } from "../support/secrets/plants.js";
import { edit, example, TABLE } from "./support/example.js";
import { BUILD_TIMEOUT, cleanLab, type Setting, TEST_TIMEOUT } from "./support/lab.js";
import { newStack, type Run, refuse, type Stack, succeed } from "./support/stack.js";

/** A label of a host. */
const LABEL = 11;
const TEXT = 0;

/**
 * Returns the example with secrets for values. They don't come from configuration, whose secrets the CLI removes from
 * its output.
 */
function program(plants: Plants): string {
  const secret = (way: number, wrap: (text: string) => string = (text) => text) =>
    `pulumi.secret(${JSON.stringify(wrap(String(plants.plant("", way))))})`;
  const host = () => secret(LABEL, (text) => `${text}.example.com`);
  const policies = `const partners = new meshway.JWTPolicy("partners", {
  providers: { a: { issuer: ${secret(TEXT)}, local: { inline: ${secret(TEXT, keySet)} } } },
  claims: [{ key: "role", values: [${secret(TEXT)}] }],
});
const edge = new meshway.HeaderManipulationPolicy("edge", { appendRequestHeaders: { "x-hushed": ${secret(TEXT)} } });
`;
  return `import * as pulumi from "@pulumi/pulumi";
${example(
  ['hosts: ["reviews.global"]', `hosts: [${secret(LABEL, (text) => `${text}.global`)}]`],
  ['serviceAccounts: ["reviews"]', `serviceAccounts: [${secret(LABEL)}]`],
  ['trustDomain: "east.example.com"', `trustDomain: ${host()}`],
  ['secretName: "web-cert"', `secretName: ${secret(LABEL)}`],
  ['hosts: ["shop.example.com"]', `hosts: [${host()}]`],
  ['body: "ok"', `body: ${secret(4, (text) => text.repeat(3))}`],
  ['exact: "/healthz"', `exact: ${secret(TEXT, (text) => `/${text}`)}`],
  ["new meshway.RouteTable", `${policies}const shop = new meshway.RouteTable`],
  ["virtualGateways: [web],", "virtualGateways: [web],\n  policies: [partners, edge],"],
  ["status: 200", "status: pulumi.secret(203)"],
)}
export const refs = { fleet: fleet.ref, web: web.ref, reviews: reviews.ref, shop: shop.ref, partners: partners.ref };
`;
}

function keySet(text: string): string {
  return JSON.stringify({ keys: [{ kty: "oct", kid: text, k: Buffer.from(text.repeat(3)).toString("base64url") }] });
}

/**
 * Returns an event log without the entries for the Pulumi SDK's own calls: engine responses, with the secrets of every
 * resource of any package.
 */
function withoutCalls(log: string): string {
  return log
    .split("\n")
    .filter((line) => !/"message":"[^"]*RPC (prepared|finished)/.test(line))
    .join("\n");
}

describe("planted secrets", function () {
  this.timeout(TEST_TIMEOUT);
  let setting: Setting;
  let stack: Stack;
  let app: Stack;
  const plants = new Plants(chooser(20261130));
  const good = program(plants);

  before(async function () {
    this.timeout(BUILD_TIMEOUT);
    setting = await cleanLab();
    stack = await newStack({ lab: setting.lab, program: good });
  });

  after(async () => {
    if (app !== undefined) succeed(await app.destroy());
    succeed(await stack.destroy());
  });

  function assertClean(...texts: readonly string[]): void {
    for (const text of texts) assert.equal(plants.find(text), undefined);
  }

  async function assertSilent(run: Run, of: Stack = stack): Promise<void> {
    assertClean(withoutCalls(run.text), withoutCalls(run.log), await of.exportState());
  }

  it("are not printed when objects are created", async () => {
    const preview = succeed(await stack.preview("--diff"));
    await assertSilent(preview);
    await assertSilent(succeed(await stack.up("--diff", "--json")));
    const tables = (await setting.west.objects()).filter((id) => id.startsWith("VirtualService gateways/shop"));
    assert.ok(plants.find(JSON.stringify((await setting.west.get(tables[0] ?? TABLE)).spec)) !== undefined);
  });

  it("are not printed when they change, or in outputs", async () => {
    stack.write(program(plants));
    await assertSilent(succeed(await stack.preview("--diff")));
    await assertSilent(succeed(await stack.up("--diff")));
    assertClean(succeed(await stack.pulumi(["stack", "output", "--json"])).stdout);
  });

  it("are not printed by another stack that reads descriptors", async () => {
    app = await newStack({
      lab: setting.lab,
      module: true,
      program: `import * as pulumi from "@pulumi/pulumi";
import * as meshway from "meshway";
const operators = new pulumi.StackReference(${JSON.stringify(stack.reference)});
const { secretValue: refs } = await operators.getOutputDetails("refs");
new meshway.RouteTable("cart", {
  fleet: { ref: refs.fleet },
  virtualGateways: [{ ref: refs.web }],
  hosts: ["cart.example.com"],
  policies: [{ ref: refs.partners }],
  http: [{ name: "all", forwardTo: { destinations: [{ virtualDestination: { ref: refs.reviews } }] } }],
});
`,
    });
    await assertSilent(succeed(await app.preview("--diff")), app);
    await assertSilent(succeed(await app.up("--diff")), app);
  });

  it("are not printed when they are refused", async () => {
    const hidden = (way: number) => `pulumi.secret(${JSON.stringify(plants.plant("a.example.com", way))})`;
    for (const [way, field] of [
      [1, 'hosts: ["shop.example.com"]'],
      [4, 'hosts: ["reviews.global"]'],
      [9, 'trustDomain: "east.example.com"'],
      [16, 'exact: "/healthz"'],
      [31, 'body: "ok"'],
    ] as const) {
      const [name, value = ""] = field.split(": ");
      const wrong = value.startsWith("[") ? `[${hidden(way)}]` : hidden(way);
      const matcher = name === "exact" ? "regex" : name;
      stack.write(`import * as pulumi from "@pulumi/pulumi";\n${edit(example(), [field, `${matcher}: ${wrong}`])}`);
      const run = refuse(await stack.preview("--diff"));
      assert.match(run.text, /error\[MW0\d+\]: found `\(secret\)`: /);
      await assertSilent(run);
    }
    await assertSilent(refuse(await stack.up("--diff")));
  });
});
