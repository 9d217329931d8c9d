import { type Claim, factsOf, finding, unlessPreview, type Verdict, warn } from "./claim.js";
import { PerRun } from "./engine.js";
import { askCli } from "./pulumi-cli.js";
import { interruptedOperations } from "./stack-export.js";

/** A run in the stack's history. */
interface Update {
  readonly result?: string;
}

const interrupted = new PerRun(() => ({ isSo: find() }));

/**
 * Returns true if the last run was stopped or failed, so the stack's state may have objects that are gone: a canceled
 * delete may still have happened. After Ctrl-C only the history shows it, after a kill only the pending operations; the
 * next run clears both.
 */
export function wasInterrupted(): Promise<boolean> {
  return interrupted.get().isSo;
}

async function find(): Promise<boolean> {
  const [operations = [], history] = await Promise.all([
    interruptedOperations(),
    askCli<readonly Update[] | null>("history", "--json", "--page-size", "5"),
  ]);
  // some backends list the current run
  const last = history?.find(({ result }) => result !== "in-progress");
  return operations.length > 0 || last?.result === "failed";
}

/** Rejects an object that the state has and its cluster doesn't, where an interrupted run may have deleted it. */
export async function refuseLost(claim: Claim, otherwise: Verdict): Promise<Verdict> {
  if (!(await wasInterrupted())) return otherwise;
  const { live, reported } = claim.connection;
  const found = await live.find(claim.object);
  if (found?.isThere === false) return unlessPreview("MW0563", claim, factsOf(claim), otherwise);
  const why = found === undefined ? await live.unanswered(claim.object) : undefined;
  if (why !== undefined && !reported.has("MW0564")) {
    warn(claim, finding("MW0564", claim, { cluster: claim.connection.cluster, why }));
    reported.add("MW0564");
  }
  return otherwise;
}
