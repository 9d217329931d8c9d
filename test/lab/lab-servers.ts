/** The processes of one lab: an etcd and one API server per cluster, started or adopted from an earlier run. */
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { runApiServer } from "./cluster/api-server.js";
import { runEtcd } from "./cluster/etcd.js";
import { type LabState, writeState } from "./lab-state.js";
import type { Parts } from "./parts/ensure.js";
import type { Guard } from "./processes/guard.js";
import { isRunning, kill, terminate } from "./processes/process.js";

export class LabServers {
  constructor(
    private readonly folder: string,
    private readonly state: LabState,
    private readonly parts: Parts,
    private readonly guard: Guard,
  ) {}

  /** Starts missing processes; waits until all of them are ready. */
  async start(clusters: readonly string[]): Promise<void> {
    await mkdir(path.join(this.folder, "logs"), { recursive: true });
    // API servers of an earlier run wait for an etcd whose port may have changed.
    if (!this.state.etcd || !(await isRunning(this.state.etcd))) await stopServers(this.state);
    await runEtcd({
      binary: this.parts.etcd,
      folder: this.folder,
      guard: this.guard,
      known: this.state.etcd,
      record: (etcd) => this.remember({ etcd }),
    });
    // All must settle before an error is thrown: a server still starting would escape the cleanup.
    const results = await Promise.allSettled(clusters.map((name) => this.startCluster(name)));
    for (const result of results) if (result.status === "rejected") throw result.reason;
  }

  /** Starts one API server; `fixedPort` requires the port that clients already know. */
  async startCluster(name: string, { fixedPort = false } = {}): Promise<void> {
    await runApiServer({
      binary: this.parts.kubeApiserver,
      name,
      folder: this.folder,
      etcdPort: this.state.etcd?.ports[0] ?? 0,
      token: this.state.token,
      guard: this.guard,
      known: this.state.clusters[name],
      fixedPort,
      record: (cluster) => this.remember({ clusters: { ...this.state.clusters, [name]: cluster } }),
    });
  }

  /** Kills one API server, as a crash would; it keeps its port and data. */
  async stopCluster(name: string): Promise<void> {
    const known = this.state.clusters[name];
    if (!known) throw new Error(`the lab has no cluster "${name}"`);
    await kill(known);
  }

  /** Returns the port of a started cluster. */
  port(name: string): number {
    const port = this.state.clusters[name]?.ports[0];
    if (port === undefined) throw new Error(`the lab has no cluster "${name}"`);
    return port;
  }

  /** Stops all processes. */
  async stop(): Promise<void> {
    await stopServers(this.state);
  }

  private remember(change: Partial<LabState>): void {
    Object.assign(this.state, change);
    writeState(this.folder, this.state);
  }
}

/** Stops every process in a state: API servers first, because they log many errors without etcd. */
export async function stopServers(state: LabState): Promise<void> {
  await Promise.all(Object.values(state.clusters).map((cluster) => cluster && terminate(cluster)));
  if (state.etcd) await terminate(state.etcd);
}
