/** Free ports on loopback. */
import { randomInt } from "node:crypto";
import getPort from "get-port";

/**
 * From where to where ports are chosen. Systems give higher ports to outgoing connections, which may take one between its choice and its
 * use, or while a server that comes back to it is down.
 */
const RANGE = { from: 10_000, to: 32_000 };

/** Chosen at random, since several processes choose at the same time. */
const TRIES = 50;

/** A free port on loopback that this process gets only once. */
export function freePort(): Promise<number> {
  const port = Array.from({ length: TRIES }, () => randomInt(RANGE.from, RANGE.to));
  return getPort({ host: "127.0.0.1", reserve: true, port });
}
