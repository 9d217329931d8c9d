/** Sends many requests as bytes, several at a time on each of several connections. */
import net from "node:net";
import { headerOf, type Message, MessageReader } from "./message.js";

export interface WireRequest {
  readonly port: number;
  readonly bytes: Buffer;
  /** Whether an answer to this request never has a body. */
  readonly isHead: boolean;
  /** Whether the server is expected to end the connection; what is under way before and behind it might be lost. */
  readonly isLast: boolean;
}

/**
 * How many connections there are to one port, and how many requests wait for their answers on each.
 *
 * One at a time: behind pipelined requests that it answers by itself, Envoy stops reading after two or three, and ends the connection a
 * second later, which makes a run twenty times slower.
 */
const CONNECTIONS = 12;
const IN_FLIGHT = 1;

/** How often a request is sent by itself when connections end before its answer. */
const ATTEMPTS = 3;

const TIMEOUT_MS = 20_000;

interface Job {
  readonly request: WireRequest;
  readonly place: number;
  /** How often it was the one whose answer was missing when a connection ended. */
  losses: number;
}

/** The answers in the order of the requests; undefined where connections end without one, whatever is tried. */
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

/** Sends requests of the queue over one connection until it ends or there are none; what was not answered goes back into the queue. */
function useConnection(port: number, queue: Job[], answers: (Message | undefined)[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ port, host: "127.0.0.1", noDelay: true });
    const reader = new MessageReader();
    const sent: Job[] = [];
    // whether the server said that this connection answers nothing more
    let isLast = false;
    const hasBody = ({ first }: { readonly first: string }): boolean =>
      sent[0]?.request.isHead !== true && !/^HTTP\/1\.1 (1\d\d|204|304) /.test(first);
    const roomBeside = (next: Job): number => {
      // after a loss a request is sent alone, so that it is clear whom an end of the connection answers
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
      // the server waits a second for this end before it makes its own
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
