/** Checks whether this machine can run pods as network namespaces. */
import { execa } from "execa";
import { findOnPath } from "../parts/find.js";

const PROGRAMS = ["ip", "iptables", "iptables-restore", "setpriv", "openssl", "python3"] as const;

/** Returns the missing requirement of a data plane, in words; undefined if there is none. */
export async function missingForDataPlane(): Promise<string | undefined> {
  if (process.platform !== "linux") return "it needs Linux, for network namespaces";
  if (process.getuid?.() !== 0) return "it needs root, for network namespaces";
  const missing: string[] = [];
  for (const program of PROGRAMS) if ((await findOnPath(program)) === undefined) missing.push(program);
  if (missing.length > 0)
    return `it needs ${missing.join(", ")} on PATH (Debian: apt-get install iproute2 iptables openssl)`;
  const probe = await execa("unshare", ["--net", "iptables", "--table", "nat", "--list-rules"], { reject: false });
  return probe.exitCode === 0 ? undefined : "network namespaces with iptables are not allowed here";
}
