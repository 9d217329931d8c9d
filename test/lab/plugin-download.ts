/** Downloads the official Kubernetes plugin with the Pulumi CLI, or finds out quickly that it is unavailable. */
import { randomUUID } from "node:crypto";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import { execa } from "execa";
import type { Log } from "./parts/ensure.js";
import { poll } from "./processes/poll.js";

// A download that hasn't started by then is assumed to never start.
const BEGIN_TIMEOUT_MS = 5_000;
const DOWNLOAD_TIMEOUT_MS = 300_000;

export interface DownloadOptions {
  readonly pulumi: string;
  /** Pulumi home that receives the plugin. */
  readonly home: string;
  readonly version: string;
  /** Folder for temporary files. */
  readonly scratch: string;
  readonly log: Log;
}

/** Returns undefined if the plugin was downloaded, otherwise the reason why not. */
export async function downloadPlugin(options: DownloadOptions): Promise<string | undefined> {
  const scratch = path.join(options.scratch, randomUUID());
  await mkdir(scratch, { recursive: true });
  const running = execa(options.pulumi, ["plugin", "install", "resource", "kubernetes", options.version], {
    // The CLI writes received data to the temporary folder, which shows that the download has started.
    env: { PULUMI_HOME: options.home, TMPDIR: scratch, PULUMI_SKIP_UPDATE_CHECK: "true" },
    stdin: "ignore",
    reject: false,
    timeout: DOWNLOAD_TIMEOUT_MS,
    killSignal: "SIGKILL",
  });
  let ended = false;
  const finished = running.then((result) => {
    ended = true;
    return result;
  });
  try {
    const began = async () => ended || (await receivesBytes(scratch));
    if (!(await poll(began, { timeoutMs: BEGIN_TIMEOUT_MS }))) {
      running.kill("SIGKILL");
      await finished;
      return `no download began within ${BEGIN_TIMEOUT_MS / 1000} s`;
    }
    if (!ended) options.log(`downloading the official Kubernetes plugin ${options.version}`);
    const result = await finished;
    if (result.exitCode === 0) return undefined;
    return result.timedOut ? "its download did not end in time" : "it can't be downloaded here";
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function receivesBytes(folder: string): Promise<boolean> {
  const files = await readdir(folder).catch(() => []);
  const sizes = await Promise.all(
    files.map((file) =>
      stat(path.join(folder, file)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.some((size) => size > 0);
}
