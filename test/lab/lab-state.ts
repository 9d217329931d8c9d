/** The state that a lab stores in its folder, so that a later run finds its processes, ports and choices again. */
import { randomBytes } from "node:crypto";
import { renameSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { ServerState } from "./processes/server.js";

export interface LabState {
  /** Admin token of every cluster. */
  readonly token: string;
  etcd?: ServerState;
  clusters: Record<string, ServerState | undefined>;
  /** The Kubernetes provider that the lab's Pulumi stacks started with. */
  provider?: "official" | "stand-in";
}

const STATE_FILE = "lab.json";

/** Returns the stored state, or undefined for a folder without a lab. */
export async function readState(folder: string): Promise<LabState | undefined> {
  const text = await readFile(path.join(folder, STATE_FILE), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as LabState;
  } catch {
    throw new Error(`${path.join(folder, STATE_FILE)} is damaged: run "npm run down", then start again`);
  }
}

/** Returns the state of a lab that was never started. */
export function newState(): LabState {
  return { token: randomBytes(24).toString("hex"), clusters: {} };
}

/** Stores the state; a reader never sees a partial file. */
export function writeState(folder: string, state: LabState): void {
  const file = path.join(folder, STATE_FILE);
  // Synchronous, because the clusters start concurrently and each records its process: writes must not overtake each
  // other.
  writeFileSync(`${file}.new`, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
