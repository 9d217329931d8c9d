/** A kube-apiserver: one cluster of the lab, without nodes or controllers. */
import { generateKeyPairSync } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { exists } from "../parts/cache.js";
import type { Guard } from "../processes/guard.js";
import { launch } from "../processes/process.js";
import { runServer, type ServerOptions, type ServerState } from "../processes/server.js";
import { answersOk } from "./http-check.js";

export interface ApiServerOptions {
  readonly binary: string;
  readonly name: string;
  /** Folder of the lab. */
  readonly folder: string;
  readonly etcdPort: number;
  readonly token: string;
  readonly guard: Guard;
  readonly known: ServerState | undefined;
  /** Requires the port that clients already know. */
  readonly fixedPort: boolean;
  readonly record: ServerOptions["record"];
}

/** Starts a cluster's API server and waits until `/readyz` returns ok. */
export async function runApiServer(options: ApiServerOptions): Promise<void> {
  const folder = clusterFolder(options.folder, options.name);
  await writeKeys(folder, options.token);
  await runServer({
    name: `kube-apiserver of ${options.name}`,
    known: options.known,
    fixedPorts: options.fixedPort,
    portCount: 1,
    record: options.record,
    launch: ([port = 0]) =>
      launch({
        guard: options.guard,
        command: options.binary,
        marker: folder,
        logFile: path.join(options.folder, "logs", `${options.name}.log`),
        args: apiServerArgs(options, folder, port),
      }),
    isReady: async ([port]) => {
      const ca = await readCertificate(options.folder, options.name).catch(() => undefined);
      return ca !== undefined && answersOk(`https://127.0.0.1:${port}/readyz`, { ca, token: options.token });
    },
  });
}

/** Returns the certificate that clients verify a cluster with; the API server creates it at its first start. */
export function readCertificate(labFolder: string, name: string): Promise<string> {
  return readFile(path.join(clusterFolder(labFolder, name), "certificates", "apiserver.crt"), "utf8");
}

function clusterFolder(labFolder: string, name: string): string {
  return path.join(labFolder, "clusters", name);
}

function apiServerArgs(options: ApiServerOptions, folder: string, port: number): string[] {
  const key = path.join(folder, "service-account.key");
  return [
    `--etcd-servers=http://127.0.0.1:${options.etcdPort}`,
    // Clusters share one etcd with a prefix each.
    `--etcd-prefix=/${options.name}`,
    "--bind-address=127.0.0.1",
    "--advertise-address=127.0.0.1",
    `--secure-port=${port}`,
    `--cert-dir=${path.join(folder, "certificates")}`,
    `--token-auth-file=${path.join(folder, "tokens.csv")}`,
    "--authorization-mode=RBAC",
    "--service-account-issuer=https://kubernetes.default.svc",
    `--service-account-key-file=${key}`,
    `--service-account-signing-key-file=${key}`,
    "--service-cluster-ip-range=10.96.0.0/16",
    // No controller creates service accounts here, and none would fill the endpoints of the API's own Service.
    "--disable-admission-plugins=ServiceAccount",
    "--endpoint-reconciler-type=none",
    // Foreground deletion, Pulumi's default, would wait forever for the garbage collector; without one it is a plain
    // deletion.
    "--enable-garbage-collector=false",
    // A stopping server waits for its watchers, which reconnect on their own.
    "--shutdown-delay-duration=0s",
    "--shutdown-watch-termination-grace-period=0s",
  ];
}

async function writeKeys(folder: string, token: string): Promise<void> {
  await mkdir(path.join(folder, "certificates"), { recursive: true, mode: 0o700 });
  await writeFile(path.join(folder, "tokens.csv"), `${token},admin,admin,"system:masters"\n`, { mode: 0o600 });
  const key = path.join(folder, "service-account.key");
  if (await exists(key)) return;
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  await writeFile(key, privateKey.export({ type: "pkcs1", format: "pem" }), { mode: 0o600 });
}
