/**
 * Real traffic for the lab started by `up`: the example's pods in both clusters, and requests through their gateways.
 */
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { App } from "../data-plane/app/app.js";
import type { Answer } from "../data-plane/app/messages.js";
import { type DataPlane, removeDataPlane, socketFolder, startDataPlane, Topology } from "../data-plane/data-plane.js";
import { makeServerCertificate } from "../data-plane/istio/certificates.js";
import { applyService, applyTlsSecret } from "../data-plane/istio/objects.js";
import { publicAddresses } from "../data-plane/network/network.js";
import type { PodSpec } from "../data-plane/pods.js";
import { missingForDataPlane } from "../data-plane/requirements.js";
import type { Log } from "../parts/ensure.js";
import { poll } from "../processes/poll.js";
import type { Lab } from "../start-lab.js";

/** The pods behind the example's routes. */
const PODS: readonly (readonly [cluster: string, spec: PodSpec])[] = [
  ["east", pod("frontend", { app: "frontend" }, 8080)],
  ["east", pod("reviews-v1", { app: "reviews", version: "v1" }, 9080)],
  ["west", pod("reviews-v1", { app: "reviews", version: "v1" }, 9080)],
  ["west", pod("reviews-v2", { app: "reviews", version: "v2" }, 9080)],
];

function pod(name: string, labels: PodSpec["labels"], port: number): PodSpec {
  return { name, namespace: "shop", labels, serviceAccount: labels["app"] ?? name, httpPorts: [port] };
}

/** A client outside the lab's clusters. */
export interface Traffic {
  readonly world: App;
  /** Returns the public address of a cluster's ingress gateway. */
  readonly ingressAddress: (cluster: string) => string;
}

/** Returns the file that records what the lab's traffic was started for; a change makes the traffic useless. */
function stateFile(lab: Lab): string {
  return path.join(lab.folder, "traffic.json");
}

function stateOf(lab: Lab): string {
  return JSON.stringify(lab.clusters.map(({ name, server }) => [name, server]));
}

/** Returns the lab's traffic, started if needed; undefined, with the reason logged, if this machine can't run it. */
export async function openTraffic(lab: Lab, log: Log): Promise<Traffic | undefined> {
  const missing = await missingForDataPlane();
  if (missing !== undefined) {
    log(`API servers only, no pods and no requests: ${missing}`);
    return undefined;
  }
  const traffic = trafficOf(lab);
  if (await isRunning(lab)) return traffic;
  await removeTraffic(lab.folder);
  await start(lab, log);
  await writeFile(stateFile(lab), stateOf(lab));
  return traffic;
}

/** Stops a lab's traffic, if it has any. */
export async function removeTraffic(labFolder: string): Promise<void> {
  if ((await missingForDataPlane()) === undefined) await removeDataPlane(labFolder);
  await rm(path.join(labFolder, "traffic.json"), { force: true });
}

function trafficOf(lab: Lab): Traffic {
  const ingressAddress = (cluster: string) => {
    const index = lab.clusters.findIndex(({ name }) => name === cluster);
    if (index < 0) throw new Error(`the lab has no cluster "${cluster}"`);
    return publicAddresses(index).ingressGateway;
  };
  return { world: appOf(lab, "world"), ingressAddress };
}

function appOf(lab: Lab, name: string): App {
  return new App(path.join(socketFolder(lab.folder), name));
}

async function isRunning(lab: Lab): Promise<boolean> {
  if ((await readFile(stateFile(lab), "utf8").catch(() => "")) !== stateOf(lab)) return false;
  const names = ["world", ...PODS.map(([cluster, { name }]) => `${cluster}-${name}`)];
  return Promise.all(names.map((name) => appOf(lab, name).calls([]))).then(
    () => true,
    () => false,
  );
}

async function start(lab: Lab, log: Log): Promise<void> {
  log("starting istiod, gateways and pods in both clusters");
  const dataPlane = await startDataPlane({ lab, topology: Topology.TwoNetworks, log });
  await Promise.all([
    makeCertificate(lab, dataPlane),
    ...PODS.map(([cluster, spec]) => dataPlane.startPod(cluster, spec)),
  ]);
  await applyService(lab.client("east"), {
    name: "frontend",
    namespace: "shop",
    selector: { app: "frontend" },
    ports: [{ name: "http", port: 8080, targetPort: 8080 }],
  });
}

async function makeCertificate(lab: Lab, { root }: DataPlane): Promise<void> {
  const made = await makeServerCertificate(root, `${root}-web`, ["*.example.com"]);
  const place = { namespace: "gateways", name: "web-cert" };
  for (const { name } of lab.clusters) await applyTlsSecret(lab.client(name), place, made);
}

/**
 * Sends a request several times through a cluster's gateway; reports the pods that answered, the most frequent first.
 *
 * A change reaches a gateway some tenths of a second after it is applied, so requests are repeated for a while until
 * all succeed.
 */
export async function ask(
  traffic: Traffic,
  cluster: string,
  url: string,
  options: { readonly count: number; readonly patienceMs: number },
): Promise<string> {
  const call = { kind: "http" as const, url, connectTo: traffic.ingressAddress(cluster) };
  const calls = Array.from({ length: options.count }, () => call);
  let answers: readonly Answer[] = [];
  const send = async (): Promise<boolean> => {
    answers = await traffic.world.callsAtOnce(calls);
    return answers.every(({ status }) => status === 200);
  };
  await poll(send, { timeoutMs: options.patienceMs });
  const counts = new Map<string, number>();
  for (const answer of answers) counts.set(describe(answer), (counts.get(describe(answer)) ?? 0) + 1);
  const sorted = [...counts].sort(([, one], [, other]) => other - one);
  return sorted.map(([who, times]) => (calls.length === 1 ? who : `${times} × ${who}`)).join(", ");
}

function describe({ echo, status, error, body }: Answer): string {
  if (echo !== undefined) return `${echo.pod} in ${echo.cluster}`;
  if (status === 0) return `no answer (${error})`;
  return status === 200 && body !== "" ? `the gateway itself, "${body.slice(0, 40)}"` : `the gateway itself, ${status}`;
}
