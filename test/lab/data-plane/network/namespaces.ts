/** Network namespaces of one lab: made, entered, and removed with everything that runs in them. */
import { execa } from "execa";
import { poll } from "../../processes/poll.js";

/** The longest name of a network interface that Linux takes. */
const INTERFACE_NAME_LENGTH = 15;

/** A network namespace that the lab made. */
export interface Namespace {
  readonly name: string;
}

/** Runs a program in a namespace to its end; fails with what it wrote. */
export async function runIn(namespace: Namespace, command: string, args: readonly string[]): Promise<string> {
  const { stdout } = await execa("ip", ["netns", "exec", namespace.name, command, ...args], { stdin: "ignore" });
  return stdout;
}

/** A command line that runs a program in a namespace, in the place of `ip`, so that its pid is the program's. */
export function commandIn(namespace: Namespace, command: string, args: readonly string[]): [string, ...string[]] {
  return ["ip", "netns", "exec", namespace.name, command, ...args];
}

/** Commands of `ip` in a namespace, in one run. */
export async function ip(namespace: Namespace, ...commands: readonly string[]): Promise<void> {
  await execa("ip", ["-n", namespace.name, "-batch", "-"], { input: `${commands.join("\n")}\n` });
}

/** Makes a namespace in which loopback is up. */
export async function addNamespace(name: string): Promise<Namespace> {
  await execa("ip", ["netns", "add", name]);
  const namespace = { name };
  await ip(namespace, "link set lo up");
  return namespace;
}

/** Names of the namespaces that begin with a text. */
async function namesWith(prefix: string): Promise<string[]> {
  const { stdout } = await execa("ip", ["netns", "list"], { reject: false });
  const names = stdout.split("\n").map((line) => line.split(" ")[0] ?? "");
  return names.filter((name) => name.startsWith(prefix));
}

/** Ends every process in namespaces whose names begin with a text, and deletes these namespaces. */
export async function removeNamespaces(prefix: string): Promise<void> {
  const names = await namesWith(prefix);
  await Promise.all(names.map((name) => emptyNamespace({ name })));
  for (const name of names) await execa("ip", ["netns", "delete", name], { reject: false });
}

/** Ends every process in one namespace, at once. */
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
    // it has ended by itself
  }
}

/** Removes one namespace with what runs in it. */
export async function removeNamespace(namespace: Namespace): Promise<void> {
  await emptyNamespace(namespace);
  await execa("ip", ["netns", "delete", namespace.name], { reject: false });
}

/** A name for one end of a cable, from a number that is unique in its namespace. */
export function interfaceName(number: number): string {
  return `v${number}`.slice(0, INTERFACE_NAME_LENGTH);
}
