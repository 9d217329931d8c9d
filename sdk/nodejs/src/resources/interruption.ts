import { type Claim, factsOf, finding, unlessPreview, type Verdict, warn } from "./claim.js";
import { PerRun } from "./engine.js";
import { askCli } from "./pulumi-cli.js";
import { interruptedOperations } from "./stack-export.js";

/** A run, as the stack's history has it. */
interface Update {
  readonly result?: string;
}

const interrupted = new PerRun(() => ({ isSo: find() }));

/**
 * Returns whether the last run was stopped or failed, so that the stack's state may have objects that are gone: a
 * delete that
 * was cancelled may still have happened. After Ctrl-C only the history says so, after a kill only what was under way
 * then; both are forgotten with the next run.
 */
export function wasInterrupted(): Promise<boolean> {
  return interrupted.get().isSo;
}

async function find(): Promise<boolean> {
  const [operations = [], history] = await Promise.all([
    interruptedOperations(),
    askCli<readonly Update[] | null>("history", "--json", "--page-size", "5"),
  ]);
  // some backends list the run that is under way
  const last = history?.find(({ result }) => result !== "in-progress");
  return operations.length > 0 || last?.result === "failed";
}

/** Refuses an object that the state has and its cluster has not, where a stopped run may have deleted it. */
export async function refuseLost(claim: Claim, otherwise: Verdict): Promise<Verdict> {
  if (!(await wasInterrupted())) return otherwise;
  const { live, told } = claim.connection;
  const found = await live.find(claim.object);
  if (found?.isThere === false) return unlessPreview("MW0563", claim, factsOf(claim), otherwise);
  const why = found === undefined ? await live.unanswered(claim.object) : undefined;
  if (why !== undefined && !told.has("MW0564")) {
    warn(claim, finding("MW0564", claim, { cluster: claim.connection.cluster, why }));
    told.add("MW0564");
  }
  return otherwise;
}
