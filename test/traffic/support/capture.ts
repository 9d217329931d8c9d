/** Captures the traffic of a network interface with tcpdump. */
import { execa } from "execa";
import { commandIn, type Namespace } from "../../lab/data-plane/network/namespaces.js";
import { poll } from "../../lab/processes/poll.js";

export interface Capture {
  /** Stops the capture and returns its output as text. */
  stop(): Promise<string>;
}

/** Captures packets to or from a TCP port. */
export async function startCapture(namespace: Namespace, cable: string, port: number): Promise<Capture> {
  const [command, ...args] = commandIn(namespace, "tcpdump", [
    ...["-i", cable, "-A", "-l", "--immediate-mode", "-n", "-s", "0", "tcp", "port", String(port)],
  ]);
  const running = execa(command, args, { reject: false, stdin: "ignore", buffer: false });
  let heard = "";
  let said = "";
  running.stdout.setEncoding("utf8").on("data", (text: string) => {
    heard += text;
  });
  running.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const listens = await poll(async () => said.includes("listening on"), { timeoutMs: 20_000, everyMs: 20 });
  if (!listens) throw new Error(`tcpdump does not listen\n${said}`);
  return {
    stop: async () => {
      running.kill("SIGINT");
      await running;
      return heard;
    },
  };
}
