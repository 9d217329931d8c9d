/** `meshway` in its own process and its own folder, as users run it. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

export const CLI = resolve("sdk/nodejs/bin/cli/main.js");

export interface Result {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The prologue of programs: a fleet, a gateway, and a function that creates tables. */
export const START = `
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

/** A folder for programs and their output, new for every test. */
export class Workplace {
  folder = "";

  constructor() {
    beforeEach(() => {
      this.folder = mkdtempSync(join(tmpdir(), "meshway-cli-"));
      symlinkSync(resolve("node_modules"), join(this.folder, "node_modules"));
    });
    afterEach(() => rmSync(this.folder, { recursive: true, force: true }));
  }

  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.folder, file)), { recursive: true });
    writeFileSync(join(this.folder, file), text);
  }

  run(...args: string[]): Result {
    const env = { ...process.env, NO_COLOR: "1", KUBECONFIG: "/nowhere/at/all" };
    const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
      cwd: this.folder,
      encoding: "utf8",
      env,
    });
    return { code: status, out: stdout, err: stderr };
  }

  /** Renders a program made of the prologue and these lines. */
  renderProgram(lines: string, ...args: string[]): Result {
    this.write("index.ts", START + lines);
    return this.run("render", "index.ts", "--out", "out", ...args);
  }

  rendered(name: string): string {
    return readFileSync(join(this.folder, "out/east", `${name}.yaml`), "utf8");
  }
}
