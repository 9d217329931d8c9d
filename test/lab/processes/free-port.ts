/** Free ports on loopback. */
import { randomInt } from "node:crypto";
import getPort from "get-port";

/**
 * Range of ports to choose from. Systems use higher ports for outgoing connections, which may take one before it is
 * bound, or while a server that will reuse it is down.
 */
const RANGE = { from: 10_000, to: 32_000 };

/** Attempts; ports are chosen at random, since several processes choose at the same time. */
const TRIES = 50;

/** Returns a free port on loopback, never the same one twice in this process. */
export function freePort(): Promise<number> {
  const port = Array.from({ length: TRIES }, () => randomInt(RANGE.from, RANGE.to));
  return getPort({ host: "127.0.0.1", reserve: true, port });
}
