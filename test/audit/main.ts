/**
 * Asks the registry for known vulnerabilities of the packages in the lockfile.
 *
 * Fails for high or critical ones in packages that users of Meshway install, and only reports the rest. A registry that
 * is unreachable or has no advisories is reported and never fails the run.
 */
import { spawnSync } from "node:child_process";
import { judge } from "./verdict.js";

const SCOPES = [
  { scope: "what users install", flags: ["--omit=dev"], isInstalledByUsers: true },
  { scope: "everything that this repository uses", flags: [], isInstalledByUsers: false },
];

/** Limits npm to one short attempt. */
const PATIENCE = ["--fetch-retries=0", "--fetch-timeout=30000"];

let failed = false;
for (const { scope, flags, isInstalledByUsers } of SCOPES) {
  const { stdout } = spawnSync("npm", ["audit", "--json", ...flags, ...PATIENCE], { encoding: "utf8" });
  const { outcome, lines } = judge(stdout ?? "", scope, isInstalledByUsers);
  for (const each of lines) console.log(each);
  failed ||= outcome === "failed";
  // the other scope would only repeat this
  if (outcome === "unanswered") break;
}
process.exitCode = failed ? 1 : 0;
