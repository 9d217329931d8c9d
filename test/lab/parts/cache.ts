/** The per-user cache of built parts: keys, atomic publishing, and a lock between concurrent runs. */
import { randomUUID } from "node:crypto";
import { mkdir, open, rename, rm, stat, utimes } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import envPaths from "env-paths";

const HEARTBEAT_MS = 2_000;
// A lock holder that has not renewed its lock for this long was killed.
const STALE_MS = 20_000;

/** Returns the cache's root: `MESHWAY_LAB_CACHE`, or the platform's cache folder. */
export function cacheRoot(): string {
  return process.env.MESHWAY_LAB_CACHE || envPaths("meshway-lab", { suffix: "" }).cache;
}

/** Returns true if a path exists. */
export async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

/**
 * Returns the folder of `key`, filled by `fill` on first use.
 *
 * `fill` writes to a scratch folder, which is renamed when complete: a killed build leaves nothing that looks finished.
 */
export async function cached(key: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const folder = path.join(cacheRoot(), key);
  if (await exists(folder)) return folder;
  return withLock(key, async () => {
    if (await exists(folder)) return folder;
    const scratch = path.join(cacheRoot(), "scratch", randomUUID());
    await mkdir(scratch, { recursive: true });
    try {
      await fill(scratch);
      await publish(scratch, folder);
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
    return folder;
  });
}

async function publish(scratch: string, folder: string): Promise<void> {
  try {
    await rename(scratch, folder);
  } catch (error) {
    // Another run published the same content first; its copy is equally good.
    if (!(await exists(folder))) throw error;
  }
}

/** Runs `work` while no other process holds the lock with that name. */
export async function withLock<T>(name: string, work: () => Promise<T>): Promise<T> {
  const lock = path.join(cacheRoot(), "locks", `${name}.lock`);
  await mkdir(path.dirname(lock), { recursive: true });
  while (!(await tryLock(lock))) {
    await removeIfStale(lock);
    await delay(200);
  }
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(lock, now, now).catch(() => undefined);
  }, HEARTBEAT_MS);
  heartbeat.unref();
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    await rm(lock, { force: true });
  }
}

async function tryLock(lock: string): Promise<boolean> {
  try {
    await (await open(lock, "wx")).close();
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

async function removeIfStale(lock: string): Promise<void> {
  const age = await stat(lock).then(
    (found) => Date.now() - found.mtimeMs,
    () => 0,
  );
  if (age < STALE_MS) return;
  // Renaming lets one waiter win; a plain unlink could remove a lock that a faster waiter has just taken.
  const claimed = `${lock}.${randomUUID()}`;
  await rename(lock, claimed).then(
    () => rm(claimed, { force: true }),
    () => undefined,
  );
}
