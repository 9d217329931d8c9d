/** `up` and `preview`: the example program on real API servers, in a lab that keeps running until `down`. */
import { execa } from "execa";
import { ensureNamespaces } from "../cluster/managed-objects.js";
import { readState } from "../lab-state.js";
import type { Log } from "../parts/ensure.js";
import { type Lab, startLab } from "../start-lab.js";
import { LAB_CLUSTERS, LAB_FOLDER, LAB_NAMESPACES } from "./project.js";
import { prepareStack, runPulumi } from "./pulumi.js";
import { printSummary } from "./summary.js";
import { ask, openTraffic } from "./traffic.js";
import { userStack } from "./user-stack.js";

/** Starts or resumes the lab, and applies the program; returns the exit code. */
export async function up(project: string): Promise<number> {
  const stack = await userStack(project);
  if (stack) {
    console.log(`stack ${stack} has clusters of its own: no lab is needed`);
    const own = await execa("pulumi", ["up", "--stack", stack], { cwd: project, stdio: "inherit", reject: false });
    return own.exitCode ?? 1;
  }
  const lab = await openLab();
  const traffic = await openTraffic(lab, console.log);
  const target = { lab, project };
  await prepareStack(target);
  const exitCode = await runPulumi(target, "up", ["--yes", "--skip-preview=false"]);
  if (exitCode !== 0) {
    console.error(`\npulumi up failed; the lab still runs, so "npm run up" tries again and "npm run down" ends it`);
    return exitCode;
  }
  await printSummary(lab, project, traffic);
  return 0;
}

/** Sends the user's own requests through a cluster's gateway; returns the exit code. */
export async function request(url: string, cluster: string, count: number): Promise<number> {
  // standard output is only for the answer
  const lab = (await readState(LAB_FOLDER)) ? await openLab(console.error) : undefined;
  const traffic = lab && (await openTraffic(lab, console.error));
  if (!traffic) {
    console.error(`there is nobody to answer: start a lab with "npm run up"`);
    return 1;
  }
  console.log(await ask(traffic, cluster, url, { count, patienceMs: 10_000 }));
  return 0;
}

/** Shows the changes that `up` would make; returns the exit code. */
export async function preview(project: string): Promise<number> {
  if (!(await readState(LAB_FOLDER))) {
    console.error(`there is no lab to compare with: start one with "npm run up"`);
    return 1;
  }
  const lab = await openLab();
  const target = { lab, project };
  await prepareStack(target);
  return runPulumi(target, "preview", ["--diff"]);
}

/** Opens the lab in `.lab/` and starts missing processes. */
export async function openLab(log: Log = console.log): Promise<Lab> {
  const lab = await startLab({ dir: LAB_FOLDER, clusters: LAB_CLUSTERS, persistent: true, log });
  await Promise.all(LAB_CLUSTERS.map((name) => ensureNamespaces(lab.client(name), LAB_NAMESPACES)));
  return lab;
}
