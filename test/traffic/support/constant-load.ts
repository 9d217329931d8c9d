/** Makes changes while pods and external clients send requests at a constant rate. */
import assert from "node:assert/strict";
import type { App } from "../../lab/data-plane/app/app.js";
import type { HttpCall } from "../../lab/data-plane/app/messages.js";
import { poll } from "../../lab/processes/poll.js";
import { failures, waitForAnswer } from "./requests.js";

/** Requests per second. */
export const RATE = 100;

/** A client that sends the same request repeatedly. */
export type Caller = readonly [app: App, call: HttpCall];

/**
 * Makes a change while all callers send requests, and until each has RATE more answers; fails unless every answer is a
 * 200.
 */
export async function loseNothing(callers: readonly Caller[], change: () => Promise<void>): Promise<void> {
  for (const [app, { kind, url, ...rest }] of callers)
    await waitForAnswer(app, url, ({ status }) => status === 200, rest);
  for (const [app, call] of callers) await app.startLoad({ call, concurrency: 4, rate: RATE });
  await change();
  const failed: Readonly<Record<string, number>>[] = [];
  for (const [app, { url }] of callers) {
    const { length } = await app.loadRecords();
    // the last deletions reach proxies after the run
    await poll(async () => (await app.loadRecords()).length > length + RATE, { timeoutMs: 60_000, everyMs: 100 });
    const records = await app.stopLoad();
    console.log(`      ${url}: ${records.length} requests, failed ${JSON.stringify(failures(records))}`);
    assert.ok(records.length > RATE);
    failed.push(failures(records));
  }
  assert.deepEqual(
    failed,
    callers.map(() => ({})),
  );
}
