/** Network namespaces of a lab: created, entered, and removed with all of their processes. */
import { execa } from "execa";
import { poll } from "../../processes/poll.js";

/** Maximum length of a network interface's name in Linux. */
const INTERFACE_NAME_LENGTH = 15;

/** A network namespace created by the lab. */
export interface Namespace {
  readonly name: string;
}

/** Runs a program in a namespace and waits for it; on failure, throws its output. */
export async function runIn(namespace: Namespace, command: string, args: readonly string[]): Promise<string> {
  const { stdout } = await execa("ip", ["netns", "exec", namespace.name, command, ...args], { stdin: "ignore" });
  return stdout;
}

/** Returns a command line that runs a program in a namespace and replaces `ip`, so that its pid is the program's. */
export function commandIn(namespace: Namespace, command: string, args: readonly string[]): [string, ...string[]] {
  return ["ip", "netns", "exec", namespace.name, command, ...args];
}

/** Runs several `ip` commands in a namespace at once. */
export async function ip(namespace: Namespace, ...commands: readonly string[]): Promise<void> {
  await execa("ip", ["-n", namespace.name, "-batch", "-"], { input: `${commands.join("\n")}\n` });
}

/** Creates a namespace with loopback up. */
export async function addNamespace(name: string): Promise<Namespace> {
  await execa("ip", ["netns", "add", name]);
  const namespace = { name };
  await ip(namespace, "link set lo up");
  return namespace;
}

/** Returns the names of the namespaces with a prefix. */
async function namesWith(prefix: string): Promise<string[]> {
  const { stdout } = await execa("ip", ["netns", "list"], { reject: false });
  const names = stdout.split("\n").map((line) => line.split(" ")[0] ?? "");
  return names.filter((name) => name.startsWith(prefix));
}

/** Kills every process in namespaces with a name prefix, and deletes these namespaces. */
export async function removeNamespaces(prefix: string): Promise<void> {
  const names = await namesWith(prefix);
  await Promise.all(names.map((name) => emptyNamespace({ name })));
  for (const name of names) await execa("ip", ["netns", "delete", name], { reject: false });
}

/** Kills every process in one namespace. */
export async function emptyNamespace({ name }: Namespace): Promise<void> {
  const empty = await poll(
    async () => {
      const { stdout } = await execa("ip", ["netns", "pids", name], { reject: false });
      const pids = stdout.split("\n").filter((line) => line !== "");
      for (const pid of pids.map(Number)) endProcess(pid);
      return pids.length === 0;
    },
    { timeoutMs: 20_000, everyMs: 50 },
  );
  if (!empty) throw new Error(`processes in the network namespace ${name} survived SIGKILL`);
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // it has exited already
  }
}

/** Removes one namespace and its processes. */
export async function removeNamespace(namespace: Namespace): Promise<void> {
  await emptyNamespace(namespace);
  await execa("ip", ["netns", "delete", namespace.name], { reject: false });
}

/** Returns the interface name of one end of a veth pair, from a number that is unique in its namespace. */
export function interfaceName(number: number): string {
  return `v${number}`.slice(0, INTERFACE_NAME_LENGTH);
}
