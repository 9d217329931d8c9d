/** Stops a lab's processes if the process that owns the lab dies without stopping it. */
import { type ChildProcess, spawn } from "node:child_process";

// No grace period: nobody needs this data anymore, and etcd survives a crash anyway. Reads "add PID", "drop PID" and
// "netns PREFIX" lines; network namespaces are removed with all of their processes. The end of the pipe means that the
// owner is gone, however it died.
const SCRIPT = `
pids=
prefixes=
folders=
while read -r verb pid folder; do
  case $verb in
    add) pids="$pids $pid" ;;
    drop) kept=; for p in $pids; do [ "$p" = "$pid" ] || kept="$kept $p"; done; pids=$kept ;;
    netns) prefixes="$prefixes $pid"; folders="$folders $folder" ;;
  esac
done
if [ -n "$pids" ]; then
  kill -KILL $pids 2>/dev/null
  for prefix in $prefixes; do
    for name in $(ip netns list | cut -d" " -f1 | grep "^$prefix"); do
      kill -KILL $(ip netns pids "$name") 2>/dev/null
      ip netns delete "$name"
    done
  done
  for folder in $folders; do rm -rf "$folder"; done
  [ -z "$1" ] || rm -rf "$1"
fi
exit 0
`;

export interface Guard {
  watch(pid: number): void;
  forget(pid: number): void;
  /** Removes network namespaces with a name prefix, all of their processes, and the folder of their sockets. */
  watchNamespaces(prefix: string, sockets: string): void;
  /** Ends the guard, which then stops the processes that it still watches. */
  close(): void;
}

/** Starts a guard; `scratch` is a folder to delete after the processes have stopped. */
export function startGuard(scratch?: string): Guard {
  const child = spawn("sh", ["-c", SCRIPT, "meshway-lab-guard", scratch ?? ""], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  // A guard must neither keep its owner alive nor break it.
  child.unref();
  unrefPipe(child);
  child.stdin.on("error", () => undefined);
  const send = (line: string) => {
    if (child.stdin.writable) child.stdin.write(`${line}\n`);
  };
  return {
    watch: (pid) => send(`add ${pid}`),
    forget: (pid) => send(`drop ${pid}`),
    watchNamespaces: (prefix, sockets) => send(`netns ${prefix} ${sockets}`),
    close: () => child.stdin.end(),
  };
}

function unrefPipe(child: ChildProcess): void {
  const pipe = child.stdin;
  if (pipe && "unref" in pipe && typeof pipe.unref === "function") pipe.unref();
}

/** A no-op guard for labs that outlive their owner. */
export const NO_GUARD: Guard = {
  watch: () => undefined,
  forget: () => undefined,
  watchNamespaces: () => undefined,
  close: () => undefined,
};
