/** Servers on free ports: reused if they still run, otherwise started. A free port may be taken before it is bound. */
import { freePort } from "./free-port.js";
import { poll } from "./poll.js";
import { isRunning, kill, type Launched, type ProcessId } from "./process.js";

const ATTEMPTS = 6;
// Five seconds are typical; a machine that is busy with a build needs many more.
const READY_TIMEOUT_MS = 180_000;
const TAKE_OVER_TIMEOUT_MS = 20_000;

/** A launched server and its ports. */
export interface ServerState extends ProcessId {
  readonly ports: readonly number[];
}

export interface ServerOptions {
  readonly name: string;
  /** The same server in an earlier run's state. */
  readonly known: ServerState | undefined;
  /** Requires the known ports. */
  readonly fixedPorts: boolean;
  readonly portCount: number;
  readonly launch: (ports: readonly number[]) => Promise<Launched>;
  readonly isReady: (ports: readonly number[]) => Promise<boolean>;
  /** Records the server as soon as it exists, so that it is found again if this process dies. */
  readonly record: (state: ServerState) => void;
}

/** Starts or reuses a server and waits until it is ready; tries other ports if another program bound them first. */
export async function runServer(options: ServerOptions): Promise<void> {
  if (await takeOver(options)) return;
  let ports = options.known?.ports ?? [];
  for (let attempt = 1; ; attempt++) {
    if (ports.length === 0) ports = await Promise.all(Array.from({ length: options.portCount }, freePort));
    const launched = await options.launch(ports);
    options.record({ pid: launched.pid, marker: launched.marker, ports });
    const outcome = await waitUntilReady(launched, ports, options);
    if (outcome === "ready") return;
    if (outcome === "slow") await kill(launched);
    const portTaken = outcome === "exited" && /address already in use|failed to listen/i.test(launched.log());
    if (!portTaken || attempt >= ATTEMPTS) throw new Error(failure(options.name, outcome, launched.log()));
    if (!options.fixedPorts) ports = [];
  }
}

async function takeOver({ known, isReady }: ServerOptions): Promise<boolean> {
  if (!known || !(await isRunning(known))) return false;
  if (await poll(() => isReady(known.ports), { timeoutMs: TAKE_OVER_TIMEOUT_MS })) return true;
  await kill(known);
  return false;
}

type Outcome = "ready" | "exited" | "slow";

async function waitUntilReady(
  launched: Launched,
  ports: readonly number[],
  { isReady }: ServerOptions,
): Promise<Outcome> {
  const settled = await poll(async () => launched.hasExited() || isReady(ports), { timeoutMs: READY_TIMEOUT_MS });
  if (launched.hasExited()) return "exited";
  return settled ? "ready" : "slow";
}

function failure(name: string, outcome: Outcome, log: string): string {
  const what = outcome === "slow" ? `was not ready after ${READY_TIMEOUT_MS / 1000} s` : "ended while starting";
  return `${name} ${what}; the end of its log:\n${log.trimEnd().split("\n").slice(-12).join("\n")}`;
}
