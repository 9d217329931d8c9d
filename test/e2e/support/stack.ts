/** A Pulumi project with one stack, driven through the real CLI. */
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { transformSync } from "esbuild";
import { type Events, type ResourceEvent, readEvents } from "./events.js";
import type { Lab } from "./lab.js";
import { type Answer, type RunningPulumi, startPulumi } from "./run-pulumi.js";

const NODE_MODULES = path.resolve("node_modules");
const RUNTIME = "runtime: { name: nodejs, options: { typescript: false } }";

/** A run that changes or previews resources. */
export interface Run extends Answer, Events {
  /** Steps with changes, as `update NAME`, without duplicates, sorted. */
  readonly changes: readonly string[];
  /** The CLI's event log. */
  readonly log: string;
}

/** One resource in a stack's state. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly inputs?: { readonly metadata?: { readonly name: string; readonly namespace: string } };
}

export interface Stack {
  /** Name for a StackReference. */
  readonly reference: string;
  /** Replaces the program. */
  write(program: string): void;
  /** Runs any command on this stack. */
  pulumi(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Answer>;
  preview(...flags: string[]): Promise<Run>;
  /** Applies without a preview. */
  up(...flags: string[]): Promise<Run>;
  refresh(...flags: string[]): Promise<Run>;
  destroy(...flags: string[]): Promise<Run>;
  /** Starts `up`; the caller waits for it or kills it. */
  startUp(...flags: string[]): RunningPulumi;
  /** Returns the Kubernetes objects in the state, as `Kind namespace/name@cluster`, sorted. */
  applied(): Promise<string[]>;
  /** Returns the URNs of all resources in the state. */
  resources(): Promise<string[]>;
  /** Returns the state as text. */
  exportState(): Promise<string>;
}

const QUIET = new Set(["same", "read", "refresh"]);

/** Creates a project with this program, and its stack. */
export async function newStack(options: {
  readonly lab: Lab;
  readonly program: string;
  /** True if the program is an ES module, which may await at top level. Defaults to false. */
  readonly module?: boolean;
  /** Environment of every command besides the lab's; undefined removes a variable. */
  readonly env?: NodeJS.ProcessEnv;
}): Promise<Stack> {
  const { lab } = options;
  const projects = path.join(lab.folder, "projects");
  mkdirSync(projects, { recursive: true });
  const folder = mkdtempSync(path.join(projects, "e2e-"));
  const project = path.basename(folder).toLowerCase();
  const [type, format] = options.module === true ? (["module", "esm"] as const) : (["commonjs", "cjs"] as const);
  // transpiled once here: loading a transpiler takes longer than the rest of a small program
  const write = (program: string) =>
    writeFileSync(path.join(folder, "index.js"), transformSync(program, { loader: "ts", format }).code);
  writeFileSync(path.join(folder, "Pulumi.yaml"), `name: ${project}\n${RUNTIME}\nmain: index.js\n`);
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ name: project, type, main: "index.js" }));
  symlinkSync(NODE_MODULES, path.join(folder, "node_modules"));
  write(options.program);

  const start = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    startPulumi([...args, "--non-interactive", "--color=never"], {
      cwd: folder,
      env: { ...process.env, ...lab.env, PULUMI_DEBUG_COMMANDS: "true", ...options.env, ...env },
    });
  let runs = 0;
  const run = async (...args: string[]): Promise<Run> => {
    const log = path.join(folder, `events-${runs++}.jsonl`);
    const answer = await start([...args, "--suppress-progress", "--event-log", log]).answer;
    const events = readEvents(log);
    const text = existsSync(log) ? readFileSync(log, "utf8") : "";
    return { ...answer, ...events, changes: changesIn(events.resources), log: text };
  };
  const exportState = async () => succeed(await start(["stack", "export"]).answer).stdout;
  succeed(await start(["stack", "init", "dev"]).answer);

  return {
    reference: `organization/${project}/dev`,
    write,
    pulumi: (args, env) => start(args, env).answer,
    preview: (...flags) => run("preview", ...flags),
    up: (...flags) => run("up", "--yes", "--skip-preview", ...flags),
    refresh: (...flags) => run("refresh", "--yes", "--skip-preview", ...flags),
    destroy: (...flags) => run("destroy", "--yes", "--skip-preview", ...flags),
    startUp: (...flags) => start(["up", "--yes", "--skip-preview", ...flags]),
    applied: async () => appliedIn(await exportState()),
    resources: async () => resourcesIn(await exportState()).map(({ urn }) => urn),
    exportState,
  };
}

/** Fails the test with the CLI's full output unless the run succeeded. */
export function succeed<T extends Answer>(answer: T): T {
  assert.equal(answer.code, 0, answer.text);
  return answer;
}

/** Fails the test unless the run failed. */
export function refuse<T extends Answer>(answer: T): T {
  assert.notEqual(answer.code, 0, answer.text);
  return answer;
}

function changesIn(events: readonly ResourceEvent[]): string[] {
  const started = events.filter(({ at, op, kind }) => at === "start" && !QUIET.has(op) && kind !== "Stack");
  return [...new Set(started.map(({ op, name }) => `${op} ${name}`))].sort();
}

function resourcesIn(state: string): readonly StateResource[] {
  const { deployment } = JSON.parse(state) as { deployment: { resources?: readonly StateResource[] } };
  return deployment.resources ?? [];
}

function appliedIn(state: string): string[] {
  return resourcesIn(state)
    .filter(({ type }) => type.startsWith("kubernetes:networking.istio.io"))
    .map(({ urn, type, inputs }) => {
      const kind = type.split(":").at(-1);
      const cluster = /-(east|west|north)-[A-Z]/.exec(urn)?.[1];
      return `${kind} ${inputs?.metadata?.namespace}/${inputs?.metadata?.name}@${cluster}`;
    })
    .sort();
}
