/** Users' unit tests with Pulumi's mocks need no kubeconfig, and every runner reports the mistakes in a program. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { unitTestExample } from "../docs/pulumi-options.js";

/** The program under test. */
const PROGRAM = `
import * as meshway from "meshway";
import * as pulumi from "@pulumi/pulumi";
const locality = { region: "eu" };
export function declareShop(weight: number, host: pulumi.Input<string>): meshway.RouteTable {
  const fleet = new meshway.Fleet("prod", {
    clusters: [
      { name: "east", context: "east", locality, eastWestGateway: { addresses: ["203.0.113.10"] } },
      { name: "west", kubeconfig: "~/.kube/west.yaml", locality, eastWestGateway: { addresses: ["203.0.113.11"] } },
    ],
  });
  const web = new meshway.VirtualGateway("web", {
    fleet, namespace: "gateways", workloads: { labels: { istio: "ingressgateway" } }, listeners: [{ port: 80 }],
  });
  const reviews = new meshway.VirtualDestination("reviews", {
    fleet, hosts: ["reviews.global"],
    services: [{ namespace: "shop", labels: { app: "reviews" }, serviceAccounts: ["reviews"] }],
    ports: [{ number: 80, protocol: "HTTP", targetPort: 9080 }],
    subsets: [{ labels: { version: "v1" } }, { labels: { version: "v2" } }],
  });
  return new meshway.RouteTable("shop", {
    fleet, hosts: [host], virtualGateways: [web],
    http: [{ name: "reviews", forwardTo: { destinations: [
      { virtualDestination: reviews, subset: { version: "v1" }, weight: 90 },
      { virtualDestination: reviews, subset: { version: "v2" }, weight },
    ] } }],
  });
}
`;

/** A passing test: the example in docs/pulumi-options.md. */
const PASSES = unitTestExample();

/** Tests of a program with one mistake found during declaration and one found later. */
const FAILS = `
import * as pulumi from "@pulumi/pulumi";
import { declareShop } from "./shop";
before(() => pulumi.runtime.setMocks({
  newResource: ({ name, inputs }) => ({ id: name, state: inputs }),
  call: ({ inputs }) => inputs,
}));
describe("shop", () => {
  it("has wrong weights", () => { declareShop(20, "shop.example.com"); });
  LATE
});
`;

const LATE = `it("has a wrong host", async () => {
    const { ref } = declareShop(10, pulumi.output("sh op.example.com"));
    await (ref as unknown as { promise(): Promise<unknown> }).promise();
  });`;

/** Lines that a report must contain. */
const TOLD_AT_ONCE = [
  "error[MW0203]: route `reviews` sends 110% of its traffic, expected 100%",
  "at RouteTable `shop`, http[0].forwardTo.destinations",
  "found weights 90, 20",
  "help: lower the weights by 10 in total, or remove all weights to split evenly",
];
const TOLD_LATER = [
  "error[MW0303]: host `sh op.example.com` has the label `sh op`, " +
    "expected letters, digits and inner hyphens, at most 63",
  "at RouteTable `shop`, hosts[0]",
];

const JEST_CONFIG = 'module.exports = { transform: { "\\\\.ts$": "./transform.cjs" } };';
const JEST_TRANSFORM = `const { transformSync } = require("esbuild");
exports.process = (text) => ({ code: transformSync(text, { loader: "ts", format: "cjs" }).code });`;

interface Runner {
  readonly name: string;
  readonly command: readonly string[];
  /** Module that provides `describe`, `it` and `before`; globals if omitted. */
  readonly imports?: string;
  /** The runner's name for `before`. */
  readonly before?: string;
  /**
   * True if an unhandled rejection ends the runner whatever its reason: Pulumi leaves some behind after a late failure.
   */
  readonly diesOfRejections?: boolean;
  /** A second file, without which the runner starts no workers. */
  readonly second?: string;
  readonly passed: RegExp;
}

const RUNNERS: readonly Runner[] = [
  { name: "mocha", command: ["mocha", "--no-config", "--import=tsx"], passed: /1 passing/ },
  {
    name: "node:test, as TAP",
    command: ["node", "--import", "tsx", "--test", "--test-reporter=tap"],
    imports: 'import { before, describe, it } from "node:test";',
    passed: /^# pass 1$/m,
  },
  {
    name: "node:test, for people",
    command: ["node", "--import", "tsx", "--test", "--test-reporter=spec"],
    imports: 'import { before, describe, it } from "node:test";',
    passed: /pass 1$/m,
  },
  ...["forks", "threads"].map((pool) => ({
    name: `vitest, ${pool}`,
    command: ["vitest", "run", "--no-color", `--pool=${pool}`],
    imports: 'import { beforeAll, describe, it } from "vitest";',
    before: "beforeAll",
    passed: /Tests +1 passed/,
  })),
  ...["processes", "threads"].map((kind) => ({
    name: `jest, ${kind}`,
    command: ["jest", "--no-color", "--maxWorkers=2", ...(kind === "threads" ? ["--workerThreads"] : [])],
    before: "beforeAll",
    diesOfRejections: true,
    second: 'describe("another file", () => { it("passes", () => undefined); });',
    passed: /Tests: +2 passed/,
  })),
];

describe("unit tests of users", function () {
  this.timeout(3 * 60_000);
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "meshway-user-tests-"));
    symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, "shop.ts"), PROGRAM);
    writeFileSync(join(folder, "package.json"), '{ "private": true }');
    writeFileSync(join(folder, "jest.config.cjs"), JEST_CONFIG);
    writeFileSync(join(folder, "transform.cjs"), JEST_TRANSFORM);
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function run({ command, imports = "", before = "before", second }: Runner, file: string, text: string) {
    const files = second === undefined ? [file] : [file, "second.test.ts"];
    if (second !== undefined) writeFileSync(join(folder, "second.test.ts"), second);
    writeFileSync(join(folder, file), `${imports}\n${text.replaceAll("before(", `${before}(`)}`);
    // a home directory without a kubeconfig
    const { KUBECONFIG: _, ...env } = process.env;
    const { status, stdout, stderr } = spawnSync("npx", ["--no-install", ...command, ...files], {
      cwd: folder,
      encoding: "utf8",
      env: { ...env, HOME: folder, NO_COLOR: "1", NODE_OPTIONS: "--max-old-space-size=1024" },
    });
    return { status, text: stdout + stderr };
  }

  for (const runner of RUNNERS) {
    it(`pass without a kubeconfig: ${runner.name}`, () => {
      const { status, text } = run(runner, "passes.test.ts", PASSES);
      assert.equal(status, 0, text);
      assert.match(text, runner.passed);
    });

    it(`report a mistake in full: ${runner.name}`, () => {
      const late = runner.diesOfRejections !== true;
      const { status, text } = run(runner, "fails.test.ts", FAILS.replace("LATE", late ? LATE : ""));
      assert.notEqual(status, 0, text);
      const lines = text.split("\n").map((line) => line.trim());
      for (const told of [...TOLD_AT_ONCE, ...(late ? TOLD_LATER : [])])
        assert.ok(
          lines.some((line) => line.endsWith(told)),
          `${told}\n${text}`,
        );
      // no dump of the program's resource graph
      assert.doesNotMatch(text, /__pulumi|heap out of memory/);
    });
  }
});
