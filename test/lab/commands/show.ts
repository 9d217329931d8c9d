/** `status` and `env`: inspect the lab without changing it. */
import path from "node:path";
import { loadContext } from "../cluster/kubeconfig.js";
import { listManaged } from "../cluster/managed-objects.js";
import { readState } from "../lab-state.js";
import { describeParts } from "../parts/ensure.js";
import { isRunning } from "../processes/process.js";
import { LAB_FOLDER } from "./project.js";
import { openLab } from "./up.js";

/** Prints the parts, the processes and the number of objects per cluster. */
export async function status(): Promise<number> {
  for (const line of await describeParts()) console.log(line);
  const state = await readState(LAB_FOLDER);
  if (!state) {
    console.log('no lab; "npm run up" starts one');
    return 0;
  }
  const etcdRuns = state.etcd !== undefined && (await isRunning(state.etcd));
  console.log(`etcd: ${etcdRuns ? `runs, pid ${state.etcd?.pid}` : "does not run"}`);
  for (const [name, server] of Object.entries(state.clusters)) {
    const runs = server !== undefined && (await isRunning(server));
    console.log(`cluster ${name}: ${runs ? await describeCluster(name, server.pid) : "does not run"}`);
  }
  console.log(`Kubernetes provider: ${state.provider ?? "not chosen yet"}`);
  return 0;
}

/** Prints the environment as shell commands, for `eval "$(npm run --silent lab env)"`. */
export async function printEnv(): Promise<number> {
  if (!(await readState(LAB_FOLDER))) {
    console.error('no lab; "npm run up" starts one');
    return 1;
  }
  // Standard output is only for the shell.
  const lab = await openLab(console.error);
  for (const [name, value] of Object.entries(lab.env))
    console.log(`export ${name}='${value.replaceAll("'", "'\\''")}'`);
  return 0;
}

async function describeCluster(name: string, pid: number): Promise<string> {
  const config = loadContext(path.join(LAB_FOLDER, "kubeconfig.yaml"), name);
  const objects = await listManaged(config).then(
    ({ length }) => `${length} objects of Meshway`,
    (error: unknown) => `no answer (${error instanceof Error ? error.message : error})`,
  );
  return `runs, pid ${pid}, ${config.getCurrentCluster()?.server}, ${objects}`;
}
