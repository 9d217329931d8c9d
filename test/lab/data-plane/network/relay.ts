/**
 * Lets programs in network namespaces reach API servers on this machine's loopback, at the same address.
 *
 * A socket stays in the namespace that created it, so a child creates each one there and hands it over. Runs as a
 * separate program: `node relay.js MARKER NAMESPACE PORT [NAMESPACE PORT ...]`; it writes `ready` once all of them
 * listen.
 */
import { spawn } from "node:child_process";
import net from "node:net";

/** The program of a child: creates the listening socket, and exits once its parent has it. */
const LISTEN = `
const server = require("node:net").createServer();
server.listen(Number(process.argv[1]), "127.0.0.1", () => process.send("listening", server, () => process.exit(0)));
`;

function listenIn(namespace: string, port: number): Promise<net.Server> {
  return new Promise((resolve, reject) => {
    const child = spawn("ip", ["netns", "exec", namespace, process.execPath, "-e", LISTEN, String(port)], {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    child.once("message", (_, handle) => {
      if (handle instanceof net.Server) resolve(handle);
      else reject(new Error(`no socket came from ${namespace}`));
    });
    child.once("error", reject);
    child.once("exit", (code) => code !== 0 && reject(new Error(`listening in ${namespace} ended with ${code}`)));
  });
}

function connectTo(port: number): (socket: net.Socket) => void {
  return (socket) => {
    const upstream = net.connect(port, "127.0.0.1");
    for (const [one, other] of [
      [socket, upstream],
      [upstream, socket],
    ] as const) {
      one.on("error", () => other.destroy());
      one.on("close", () => other.destroy());
      one.pipe(other);
    }
  };
}

const pairs = process.argv.slice(3);
const listening: Promise<void>[] = [];
for (let at = 0; at < pairs.length; at += 2) {
  const port = Number(pairs[at + 1]);
  listening.push(listenIn(pairs[at] ?? "", port).then((server) => void server.on("connection", connectTo(port))));
}
await Promise.all(listening);
console.log("ready");
