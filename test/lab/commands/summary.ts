/** The summary at the end of `up`: objects, commands to inspect them, and next steps. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import picocolors from "picocolors";
import { parse } from "yaml";
import { listManaged, type ManagedObject } from "../cluster/managed-objects.js";
import type { Lab } from "../start-lab.js";
import { LAB_CLUSTERS, PROJECT_FOLDER } from "./project.js";
import { ask, type Traffic } from "./traffic.js";

/** picocolors enables colors in CI too; files and pipes get none. */
const pc = picocolors.createColors(picocolors.isColorSupported && process.stdout.isTTY === true);

/** Prints the objects in the API servers, the pods that answer requests, and the next steps. */
export async function printSummary(lab: Lab, project: string, traffic: Traffic | undefined): Promise<void> {
  for (const { name, server } of lab.clusters) {
    const objects = await listManaged(lab.client(name));
    console.log(`\n${pc.bold(`cluster ${name}`)}  ${pc.dim(server)}`);
    console.log(objects.length > 0 ? describe(objects) : "  no objects of Meshway");
  }
  const asked = traffic && project === PROJECT_FOLDER;
  if (asked) await printRequests(traffic);
  const kubeconfig = path.relative(process.cwd(), lab.kubeconfig);
  const first = lab.clusters[0]?.name ?? "";
  const program = path.relative(process.cwd(), path.join(project, await programFolder(project), "index.ts"));
  console.log(`
${pc.bold("look")}      kubectl --kubeconfig ${kubeconfig} --context ${first} get virtualservices -A -o yaml`);
  if (asked)
    console.log(
      `${pc.bold("ask")}       npm run lab request https://shop.example.com/reviews -- --cluster west --count 100`,
    );
  console.log(`${pc.bold("try next")}  change a weight in ${program}, then: npm run preview
          apply it:  npm run up
${pc.bold("clean up")}  npm run down`);
}

/** Requests that demonstrate the example, with the number of times each is sent. */
const REQUESTS: readonly (readonly [url: string, count: number])[] = [
  ["https://shop.example.com/healthz", 1],
  ["https://shop.example.com/", 1],
  ["https://shop.example.com/reviews", 20],
];

async function printRequests(traffic: Traffic): Promise<void> {
  for (const cluster of LAB_CLUSTERS) {
    console.log(`\n${pc.bold(`requests through ${cluster}'s gateway`)}  ${pc.dim(traffic.ingressAddress(cluster))}`);
    for (const [url, count] of REQUESTS)
      console.log(`  GET ${url.padEnd(34)} ${await ask(traffic, cluster, url, { count, patienceMs: 60_000 })}`);
  }
}

async function programFolder(project: string): Promise<string> {
  const settings = parse(await readFile(path.join(project, "Pulumi.yaml"), "utf8"));
  return typeof settings?.main === "string" ? settings.main : "";
}

function describe(objects: readonly ManagedObject[]): string {
  const width = Math.max(...objects.map(({ kind }) => kind.length));
  const place = ({ namespace, name }: ManagedObject) => (namespace ? `${namespace}/${name}` : name);
  return objects.map((object) => `  ${object.kind.padEnd(width)}  ${place(object)}`).join("\n");
}
