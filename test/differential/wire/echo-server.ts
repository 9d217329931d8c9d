/** Servers that return the request they received in a header of their answer. */
import net from "node:net";
import { type Message, MessageReader } from "./message.js";

/** A request as a server received it; texts have one character per byte. */
export interface Seen {
  /** Address and port that the request arrived at. */
  readonly at: string;
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** The header that carries a `Seen`. */
export const ECHO_HEADER = "x-echo";

/** Running servers. */
export interface EchoServers {
  close(): void;
}

/** Listens on all ports of all addresses. */
export async function startEchoServers(addresses: readonly string[], ports: readonly number[]): Promise<EchoServers> {
  const servers = await Promise.all(addresses.flatMap((address) => ports.map((port) => listen(address, port))));
  return {
    close: () => {
      for (const { server, sockets } of servers) {
        server.close();
        for (const socket of sockets) socket.destroy();
      }
    },
  };
}

interface Listening {
  readonly server: net.Server;
  readonly sockets: ReadonlySet<net.Socket>;
}

function listen(address: string, port: number): Promise<Listening> {
  const sockets = new Set<net.Socket>();
  const at = `${address}:${port}`;
  const server = net.createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    const reader = new MessageReader();
    socket.on("data", (bytes) => {
      reader.add(bytes);
      for (let message = reader.next(() => true); message; message = reader.next(() => true))
        socket.write(answerTo(at, message));
    });
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, address, () => resolve({ server, sockets }));
  });
}

function answerTo(at: string, { first, headers }: Message): string {
  const method = first.slice(0, first.indexOf(" "));
  const path = first.slice(method.length + 1, first.lastIndexOf(" "));
  const seen: Seen = { at, method, path, headers };
  const echo = Buffer.from(JSON.stringify(seen)).toString("base64");
  return `HTTP/1.1 200 OK\r\n${ECHO_HEADER}: ${echo}\r\ncontent-length: 0\r\n\r\n`;
}

/** Parses a `Seen` from the header of an answer. */
export function readEcho(header: string): Seen {
  return JSON.parse(Buffer.from(header, "base64").toString("utf8")) as Seen;
}
