/** Controls the programs in pods: bundles them once, starts them in a namespace, and sends them commands. */
import { mkdir, rm, writeFile } from "node:fs/promises";
import http from "node:http";
import path from "node:path";
import { build } from "esbuild";
import type { Guard } from "../../processes/guard.js";
import { poll } from "../../processes/poll.js";
import { launch } from "../../processes/process.js";
import { commandIn, type Namespace } from "../network/namespaces.js";
import type { Answer, AppSettings, Behaviour, Call, Echo, LoadOrder, LoadRecord } from "./messages.js";

/** Bundles the pods' program into one file, which starts faster than its sources. */
export async function bundleApp(folder: string): Promise<string> {
  const outfile = path.join(folder, "app.cjs");
  await build({
    entryPoints: [path.join(import.meta.dirname, "main.ts")],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    logLevel: "error",
  });
  return outfile;
}

/** A program running in a pod. */
export class App {
  readonly #control: string;

  constructor(control: string) {
    this.#control = control;
  }

  /** Sends requests one after another. */
  calls(calls: readonly Call[]): Promise<readonly Answer[]> {
    return this.#order("/calls", calls);
  }

  /** Sends requests concurrently, each on its own connection. */
  callsAtOnce(calls: readonly Call[]): Promise<readonly Answer[]> {
    return this.#order("/calls/at-once", calls);
  }

  /** Sends one request. */
  async call(call: Call): Promise<Answer> {
    const [answer] = await this.calls([call]);
    if (answer === undefined) throw new Error("the pod sent no request");
    return answer;
  }

  /** `GET url`. */
  get(url: string, options: Omit<Extract<Call, { kind: "http" }>, "kind" | "url"> = {}): Promise<Answer> {
    return this.call({ kind: "http", url, ...options });
  }

  /** Changes all later answers. */
  async behave(behaviour: Behaviour): Promise<void> {
    await this.#order("/behave", behaviour);
  }

  /** Returns the last HTTP requests that the pod received, at most 1000. */
  seen(): Promise<readonly Echo[]> {
    return this.#order("/seen", null);
  }

  /** Sends one request repeatedly until `stopLoad`. */
  async startLoad(order: LoadOrder): Promise<void> {
    await this.#order("/load/start", order);
  }

  /** Returns the results of the load's requests so far. */
  loadRecords(): Promise<readonly LoadRecord[]> {
    return this.#order("/load/records", null);
  }

  /** Stops the load once its last requests are answered. */
  stopLoad(): Promise<readonly LoadRecord[]> {
    return this.#order("/load/stop", null);
  }

  #order<T>(order: string, body: unknown): Promise<T> {
    return new Promise((resolve, reject) => {
      const request = http.request(
        { socketPath: this.#control, path: order, method: "POST", agent: false },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("error", reject);
          response.on("end", () => {
            const text = Buffer.concat(chunks).toString("utf8");
            if (response.statusCode === 200) resolve(JSON.parse(text) as T);
            else reject(new Error(text));
          });
        },
      );
      request.on("error", reject);
      request.end(JSON.stringify(body));
    });
  }
}

export interface AppOptions {
  readonly bundle: string;
  /** Folder of the pod. */
  readonly folder: string;
  /** Path of the control socket; limited to about a hundred characters. */
  readonly control: string;
  readonly namespace: Namespace;
  readonly guard: Guard;
  /** DNS resolver for pods whose sidecar answers DNS queries. */
  readonly resolver?: string;
  readonly settings: Omit<AppSettings, "control">;
}

/** Starts the program and waits until it listens. */
export async function startApp(options: AppOptions): Promise<App> {
  const { folder, namespace, bundle } = options;
  await mkdir(folder, { recursive: true });
  const { control } = options;
  const file = path.join(folder, "app.json");
  const resolvConf = path.join(folder, "resolv.conf");
  await rm(control, { force: true });
  await writeFile(file, JSON.stringify({ ...options.settings, control }));
  await writeFile(
    resolvConf,
    options.resolver === undefined ? "" : `nameserver ${options.resolver}\noptions timeout:2 attempts:3\n`,
  );
  // `ip netns exec` gives its program a mount namespace of its own.
  const script = 'mount --bind "$1" /etc/resolv.conf && exec "$2" "$3" "$4"';
  const [command, ...args] = commandIn(namespace, "sh", [
    "-c",
    script,
    "pod",
    resolvConf,
    process.execPath,
    bundle,
    file,
  ]);
  const started = await launch({
    command,
    args,
    marker: file,
    logFile: path.join(folder, "app.log"),
    guard: options.guard,
  });
  const app = new App(control);
  const ready = await poll(async () => started.hasExited() || (await isListening(app)), {
    timeoutMs: 30_000,
    everyMs: 20,
  });
  if (!ready || started.hasExited())
    throw new Error(`the program of pod ${options.settings.pod} did not start\n${started.log()}`);
  return app;
}

function isListening(app: App): Promise<boolean> {
  return app.calls([]).then(
    () => true,
    () => false,
  );
}
