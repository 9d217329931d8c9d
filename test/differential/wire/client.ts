/** Sends many requests as bytes over several connections. */
import net from "node:net";
import { headerOf, type Message, MessageReader } from "./message.js";

export interface WireRequest {
  readonly port: number;
  readonly bytes: Buffer;
  /** True if an answer to this request never has a body. */
  readonly isHead: boolean;
  /** True if the server is expected to close the connection; requests in flight before and after it may be lost. */
  readonly isLast: boolean;
}

/**
 * Number of connections to one port, and of requests in flight on each.
 *
 * One request at a time: with pipelined requests that it answers directly, Envoy stops reading after two or three, and
 * closes the connection a second later, which makes a run twenty times slower.
 */
const CONNECTIONS = 12;
const IN_FLIGHT = 1;

/** Number of times that a request is sent alone if connections close before its answer. */
const ATTEMPTS = 3;

const TIMEOUT_MS = 20_000;

interface Job {
  readonly request: WireRequest;
  readonly place: number;
  /** Number of times that a connection closed while this request's answer was pending. */
  losses: number;
}

/** Returns the answers in the order of the requests; undefined if connections close without one at every attempt. */
export async function sendAll(requests: readonly WireRequest[]): Promise<readonly (Message | undefined)[]> {
  const answers: (Message | undefined)[] = new Array(requests.length);
  const queues = new Map<number, Job[]>();
  requests.forEach((request, place) => {
    const queue = queues.get(request.port) ?? [];
    queues.set(request.port, queue);
    queue.push({ request, place, losses: 0 });
  });
  const work = async (port: number, queue: Job[]): Promise<void> => {
    while (queue.length > 0) await useConnection(port, queue, answers);
  };
  await Promise.all(
    [...queues].flatMap(([port, queue]) => Array.from({ length: CONNECTIONS }, () => work(port, queue))),
  );
  return answers;
}

/**
 * Sends requests from the queue over one connection until it closes or the queue is empty; unanswered ones go back into
 * the queue.
 */
function useConnection(port: number, queue: Job[], answers: (Message | undefined)[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ port, host: "127.0.0.1", noDelay: true });
    const reader = new MessageReader();
    const sent: Job[] = [];
    // true once the server has announced that it closes this connection
    let isLast = false;
    const hasBody = ({ first }: { readonly first: string }): boolean =>
      sent[0]?.request.isHead !== true && !/^HTTP\/1\.1 (1\d\d|204|304) /.test(first);
    const roomBeside = (next: Job): number => {
      // after a loss, a request is sent alone, which shows whether it closes the connection
      const isAlone = [sent[0], next].some((job) => job !== undefined && (job.request.isLast || job.losses > 0));
      return isAlone ? 1 : IN_FLIGHT;
    };
    const fill = (): void => {
      socket.cork();
      while (queue[0] !== undefined && sent.length < roomBeside(queue[0])) {
        const job = queue.shift();
        if (job === undefined) break;
        sent.push(job);
        socket.write(job.request.bytes);
      }
      socket.uncork();
      if (sent.length === 0) socket.destroy();
    };
    socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error(`no answer within ${TIMEOUT_MS / 1000} s`)));
    socket.on("connect", fill);
    socket.on("data", (bytes) => {
      reader.add(bytes);
      for (let message = reader.next(hasBody); message; message = reader.next(hasBody)) {
        if (/^HTTP\/1\.1 1\d\d /.test(message.first)) continue;
        const job = sent.shift();
        if (job !== undefined) answers[job.place] = message;
        isLast ||= headerOf(message, "connection") === "close";
      }
      // the server waits a second for this side to close before it does
      if (isLast) socket.destroy();
      else fill();
    });
    let failure: Error | undefined;
    socket.on("error", (error) => {
      failure = error;
    });
    socket.on("close", () => {
      const first = sent[0];
      if (first !== undefined && !isLast) first.losses += 1;
      if (first !== undefined && first.losses >= ATTEMPTS) sent.shift();
      queue.unshift(...sent);
      const refused = failure !== undefined && "code" in failure && failure.code === "ECONNREFUSED";
      if (refused) reject(new Error(`nothing listens on port ${port}`));
      else resolve();
    });
  });
}
