/** Waits for conditions. */
import { setTimeout as delay } from "node:timers/promises";

export interface PollOptions {
  readonly timeoutMs: number;
  readonly everyMs?: number;
}

/** Polls until the condition is true; returns false on timeout. */
export async function poll(condition: () => Promise<boolean>, options: PollOptions): Promise<boolean> {
  const deadline = Date.now() + options.timeoutMs;
  while (true) {
    if (await condition()) return true;
    if (Date.now() >= deadline) return false;
    await delay(options.everyMs ?? 100);
  }
}
