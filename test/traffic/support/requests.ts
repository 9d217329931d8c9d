/** Sends requests in tests and reads their answers. */
import assert from "node:assert/strict";
import type { App } from "../../lab/data-plane/app/app.js";
import type { Answer, Call, HttpCall, LoadRecord } from "../../lab/data-plane/app/messages.js";
import { poll } from "../../lab/processes/poll.js";

/** Changes reach a proxy in a fraction of a second; a busy machine needs longer. */
const CHANGE_TIMEOUT_MS = 120_000;

type Options = Omit<HttpCall, "kind" | "url"> & {
  /** Milliseconds between tries. Default 100. */
  readonly everyMs?: number;
};

/** Returns the source of an answer as `pod@cluster`, or its status if no pod answered. */
export function from({ echo, status, error }: Answer): string {
  return echo === undefined ? `${status}${error === undefined ? "" : ` ${error}`}` : `${echo.pod}@${echo.cluster}`;
}

/** Sends a request until its answer satisfies the condition; fails with the last answer. */
export async function waitForAnswer(
  app: App,
  url: string,
  isWanted: (answer: Answer) => boolean,
  { everyMs = 100, ...options }: Options = {},
): Promise<Answer> {
  let last: Answer | undefined;
  const found = await poll(
    async () => {
      last = await app.get(url, options);
      return isWanted(last);
    },
    { timeoutMs: CHANGE_TIMEOUT_MS, everyMs },
  );
  assert.ok(found, `not the answer that was waited for: ${JSON.stringify(last)}`);
  assert.ok(last);
  return last;
}

/** Concurrent requests; an east-west gateway chooses a pod per connection, not per request. */
const AT_ONCE = 20;

/**
 * The maximum on a busy machine, where few requests overlap and share few connections, which may all lead to one pod.
 */
const MOST_AT_ONCE = 160;

/** Counts how many of `count` requests each pod answered. */
export async function tally(
  app: App,
  url: string,
  count: number,
  options: Options = {},
  atOnce = AT_ONCE,
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (let sent = 0; sent < count; sent += atOnce) {
    const calls = Array.from({ length: Math.min(atOnce, count - sent) }, () => ({
      kind: "http" as const,
      url,
      ...options,
    }));
    for (const answer of await app.callsAtOnce(calls)) counts.set(from(answer), (counts.get(from(answer)) ?? 0) + 1);
  }
  return counts;
}

/** Waits until exactly these answer `count` requests in a row. */
export async function waitForTally(
  app: App,
  url: string,
  wanted: readonly string[],
  options: Options & { readonly count?: number } = {},
): Promise<void> {
  const { count = 60, ...rest } = options;
  let last = new Map<string, number>();
  let atOnce = AT_ONCE;
  const expected = [...wanted].sort();
  const found = await poll(
    async () => {
      last = await tally(app, url, Math.max(count, atOnce), rest, atOnce);
      // if others answer too, such as an overloaded proxy, more requests would not help
      atOnce = [...last.keys()].every((each) => expected.includes(each)) ? Math.min(2 * atOnce, MOST_AT_ONCE) : AT_ONCE;
      return JSON.stringify([...last.keys()].sort()) === JSON.stringify(expected);
    },
    { timeoutMs: CHANGE_TIMEOUT_MS, everyMs: 100 },
  );
  assert.ok(found, `waited for answers of ${expected.join(", ")}, the last were ${JSON.stringify([...last])}`);
}

/** Sends calls of any kind concurrently until exactly these have answered a round of them. */
export async function waitForCalls(app: App, call: Call, wanted: readonly string[]): Promise<readonly Answer[]> {
  let last: readonly Answer[] = [];
  const expected = [...wanted].sort();
  const found = await poll(
    async () => {
      last = await app.callsAtOnce(Array.from({ length: AT_ONCE }, () => call));
      return JSON.stringify([...new Set(last.map(from))].sort()) === JSON.stringify(expected);
    },
    { timeoutMs: CHANGE_TIMEOUT_MS, everyMs: 100 },
  );
  assert.ok(found, `waited for answers of ${expected.join(", ")}, the last were ${last.map(from).join(", ")}`);
  return last;
}

/** Returns the requests of a load that were not answered with 200, as short texts with counts. */
export function failures(records: readonly LoadRecord[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const [, , status, error] of records) {
    if (status === 200) continue;
    const what = status === 0 ? error : String(status);
    counts[what] = (counts[what] ?? 0) + 1;
  }
  return counts;
}
