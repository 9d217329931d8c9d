/**
 * Asks the registry for known vulnerabilities of the packages in the lockfile.
 *
 * Fails for those of high or critical severity in what users of Meshway install. Others are told. A registry without advisories, or out of
 * reach, is told and fails nothing.
 */
import { spawnSync } from "node:child_process";
import { judge } from "./verdict.js";

const SCOPES = [
  { scope: "what users install", flags: ["--omit=dev"], isInstalledByUsers: true },
  { scope: "everything that this repository uses", flags: [], isInstalledByUsers: false },
];

/** One attempt, and not a long one. */
const PATIENCE = ["--fetch-retries=0", "--fetch-timeout=30000"];

let failed = false;
for (const { scope, flags, isInstalledByUsers } of SCOPES) {
  const { stdout } = spawnSync("npm", ["audit", "--json", ...flags, ...PATIENCE], { encoding: "utf8" });
  const { outcome, lines } = judge(stdout ?? "", scope, isInstalledByUsers);
  for (const each of lines) console.log(each);
  failed ||= outcome === "failed";
  // the other scope would only be told the same
  if (outcome === "unanswered") break;
}
process.exitCode = failed ? 1 : 0;
