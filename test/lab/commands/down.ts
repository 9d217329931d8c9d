/** `down`: destroys the program's resources, checks that nothing is left, stops the lab and removes it. */
import { rm } from "node:fs/promises";
import path from "node:path";
import { listManaged } from "../cluster/managed-objects.js";
import { stopServers } from "../lab-servers.js";
import { readState } from "../lab-state.js";
import { findByMarker, terminate } from "../processes/process.js";
import type { Lab } from "../start-lab.js";
import { LAB_FOLDER } from "./project.js";
import { hasStack, prepareStack, runPulumi } from "./pulumi.js";
import { removeTraffic } from "./traffic.js";
import { openLab } from "./up.js";

/** Stops the lab in any state; returns the exit code. */
export async function down(project: string): Promise<number> {
  const state = await readState(LAB_FOLDER).catch(() => undefined);
  // A lab that never had a cluster has nothing to destroy.
  const clean = state && Object.keys(state.clusters).length > 0 ? await destroy(project) : true;
  await removeTraffic(LAB_FOLDER);
  const latest = (await readState(LAB_FOLDER).catch(() => undefined)) ?? state;
  if (latest) await stopServers(latest);
  await stopStrays();
  await rm(LAB_FOLDER, { recursive: true, force: true, maxRetries: 5 });
  console.log(state ? "the lab is stopped and removed" : "no lab is running");
  return clean ? 0 : 1;
}

async function destroy(project: string): Promise<boolean> {
  let lab: Lab;
  try {
    lab = await openLab();
  } catch (error) {
    // Its data is deleted with its folder, so nothing can be left behind.
    console.error(
      `the lab does not start any more, it is removed as it is: ${error instanceof Error ? error.message : error}`,
    );
    return true;
  }
  if (await hasStack(lab)) {
    const target = { lab, project };
    await prepareStack(target);
    const exitCode = await runPulumi(target, "destroy", ["--yes"]);
    if (exitCode !== 0) console.error("pulumi destroy failed; its output above says why");
  }
  return nothingLeft(lab);
}

/** Stops servers that are missing from the lab's state because its file was damaged or deleted. */
async function stopStrays(): Promise<void> {
  const flags = [
    `--data-dir=${path.join(LAB_FOLDER, "etcd")}`,
    `--cert-dir=${path.join(LAB_FOLDER, "clusters")}${path.sep}`,
  ];
  const strays = await Promise.all(flags.map(findByMarker));
  await Promise.all(strays.flat().map((stray) => terminate(stray)));
}

async function nothingLeft(lab: Lab): Promise<boolean> {
  let clean = true;
  for (const { name } of lab.clusters) {
    for (const { kind, namespace, name: object } of await listManaged(lab.client(name))) {
      clean = false;
      console.error(`left in cluster ${name}: ${kind} ${namespace}/${object}`);
    }
  }
  if (clean) console.log("no object of Meshway is left in any cluster");
  return clean;
}
