/**
 * A rate-limit server in every pod: the descriptor entry `limit` is the number of requests allowed with the same other
 * entries.
 */
import { messagesAt, readMessage, textAt, writeMessage } from "./protobuf.js";

/** Envoy's service `envoy.service.ratelimit.v3.RateLimitService`, method `ShouldRateLimit`. */
export const RATE_LIMIT_PATH = "/envoy.service.ratelimit.v3.RateLimitService/ShouldRateLimit";

const OK = 1;
const OVER_LIMIT = 2;

/** Returns a new server, whose counts never reset. It answers a `RateLimitRequest` with a `RateLimitResponse`. */
export function rateLimiter(): (request: Buffer) => Buffer {
  const counts = new Map<string, number>();
  return (request) => {
    const fields = readMessage(request);
    const isOver = messagesAt(fields, 2).map((descriptor) => {
      const entries = messagesAt(descriptor, 1).map((entry) => [textAt(entry, 1), textAt(entry, 2)] as const);
      const key = JSON.stringify([textAt(fields, 1), entries]);
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      const limit = entries.find(([name]) => name === "limit")?.[1];
      return limit !== undefined && count > Number(limit);
    });
    return writeMessage([[1, isOver.includes(true) ? OVER_LIMIT : OK]]);
  };
}
