/** A constant stream of requests, with a record of each. */
import http from "node:http";
import https from "node:https";
import { performance } from "node:perf_hooks";
import { setTimeout as delay } from "node:timers/promises";
import { send } from "./call.js";
import type { LoadOrder, LoadRecord } from "./messages.js";

export class Load {
  readonly records: LoadRecord[] = [];
  readonly #order: LoadOrder;
  readonly #agent: http.Agent | https.Agent;
  readonly #start = performance.now();
  readonly #workers: Promise<void>[];
  #sent = 0;
  #isStopped = false;

  constructor(order: LoadOrder) {
    this.#order = order;
    const options = { keepAlive: true, maxSockets: order.concurrency };
    this.#agent = order.call.url.startsWith("https:") ? new https.Agent(options) : new http.Agent(options);
    this.#workers = Array.from({ length: order.concurrency }, () => this.#work());
  }

  /** Waits for the requests in flight. */
  async stop(): Promise<readonly LoadRecord[]> {
    this.#isStopped = true;
    await Promise.all(this.#workers);
    this.#agent.destroy();
    return this.records;
  }

  async #work(): Promise<void> {
    while (!this.#isStopped) {
      await this.#pace();
      const sent = Math.round(performance.now() - this.#start);
      const { status, error = "", echo } = await send(this.#order.call, this.#agent);
      this.records.push([
        sent,
        Math.round(performance.now() - this.#start),
        status,
        error,
        echo === undefined ? "" : `${echo.pod}@${echo.cluster}`,
      ]);
    }
  }

  /** Limits requests to the rate. */
  async #pace(): Promise<void> {
    const { rate } = this.#order;
    const number = this.#sent++;
    if (rate === undefined) return;
    const wait = (number * 1000) / rate - (performance.now() - this.#start);
    if (wait > 0) await delay(wait);
  }
}
