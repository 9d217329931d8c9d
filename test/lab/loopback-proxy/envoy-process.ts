/** A process of upstream Envoy, for any purpose. */
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Guard } from "../processes/guard.js";
import { launch, type ProcessId } from "../processes/process.js";
import { runServer } from "../processes/server.js";

export interface EnvoyProcessOptions {
  readonly binary: string;
  /** Folder of its bootstrap and log. */
  readonly folder: string;
  /** Returns the bootstrap for an admin port. */
  readonly bootstrap: (adminPort: number) => object;
  /** `rejections` logs only Envoy's messages about rejected configuration. */
  readonly log: "error" | "rejections";
  readonly isReady: (adminPort: number) => Promise<boolean>;
  readonly guard: Guard;
  readonly record: (state: ProcessId) => void;
}

const LEVELS = {
  error: ["--log-level", "error"],
  rejections: ["--log-level", "critical", "--component-log-level", "config:warning"],
} as const;

/** Returns the log file of an Envoy in this folder. */
export function logFileIn(folder: string): string {
  return path.join(folder, "envoy.log");
}

/** Starts an Envoy, waits until it is ready, and returns its admin port. */
export async function startEnvoy(options: EnvoyProcessOptions): Promise<number> {
  const { folder, log } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const config = path.join(folder, "bootstrap.json");
  let adminPort = 0;
  await runServer({
    name: "Envoy",
    known: undefined,
    fixedPorts: false,
    portCount: 1,
    record: (state) => {
      adminPort = state.ports[0] ?? 0;
      options.record(state);
    },
    launch: async ([admin = 0]) => {
      await writeFile(config, JSON.stringify(options.bootstrap(admin)));
      return launch({
        command: options.binary,
        marker: config,
        logFile: logFileIn(folder),
        guard: options.guard,
        cwd: folder,
        // one worker: once it has answered a request, it always answers it
        args: ["--config-path", config, "--concurrency", "1", "--disable-hot-restart", ...LEVELS[log]],
      });
    },
    isReady: ([admin = 0]) => options.isReady(admin),
  });
  return adminPort;
}
