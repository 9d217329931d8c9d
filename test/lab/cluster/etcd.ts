/** The etcd shared by all clusters of a lab. */
import path from "node:path";
import type { Guard } from "../processes/guard.js";
import { launch } from "../processes/process.js";
import { runServer, type ServerOptions, type ServerState } from "../processes/server.js";
import { answersOk } from "./http-check.js";

export interface EtcdOptions {
  readonly binary: string;
  /** Folder of the lab. */
  readonly folder: string;
  readonly guard: Guard;
  readonly known: ServerState | undefined;
  readonly record: ServerOptions["record"];
}

/** Starts etcd on loopback with the lab's data. */
export function runEtcd(options: EtcdOptions): Promise<void> {
  const data = path.join(options.folder, "etcd");
  return runServer({
    name: "etcd",
    known: options.known,
    fixedPorts: false,
    portCount: 2,
    record: options.record,
    launch: ([clients = 0, peers = 0]) =>
      launch({
        guard: options.guard,
        command: options.binary,
        marker: data,
        logFile: path.join(options.folder, "logs", "etcd.log"),
        args: [
          "--name=lab",
          `--data-dir=${data}`,
          `--listen-client-urls=http://127.0.0.1:${clients}`,
          `--advertise-client-urls=http://127.0.0.1:${clients}`,
          `--listen-peer-urls=http://127.0.0.1:${peers}`,
          `--initial-advertise-peer-urls=http://127.0.0.1:${peers}`,
          `--initial-cluster=lab=http://127.0.0.1:${peers}`,
          // Data need not survive a power failure, and syncing takes most of the time of a small write.
          "--unsafe-no-fsync",
          "--log-level=warn",
        ],
      }),
    isReady: ([clients]) => answersOk(`http://127.0.0.1:${clients}/health`),
  });
}
