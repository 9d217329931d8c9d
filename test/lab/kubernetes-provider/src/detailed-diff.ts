import provider from "@pulumi/pulumi/proto/provider_pb";
import { groupOf } from "./force-new";
import { isObject, type Json, type JsonObject } from "./json";
import { formatPath, isWithin, type PropertyPath } from "./property-path";
import { isUnknown } from "./property-values";

type ChangeKind = "ADD" | "DELETE" | "UPDATE";

export interface Change {
  readonly path: PropertyPath;
  readonly kind: ChangeKind;
  readonly replaces: boolean;
}

export interface DiffRules {
  /** Changes at or below these paths require a new object. */
  readonly forceNew: readonly PropertyPath[];
  /** Changes at or below these paths are ignored. */
  readonly ignore: readonly PropertyPath[];
}

/** Returns the smallest changes between two objects without secret markers; null equals absent. */
export function diffObjects(before: JsonObject, after: JsonObject, rules: DiffRules): Change[] {
  const changes: Change[] = [];
  collect([], before, after, (path, kind, value) => {
    if (rules.ignore.some((pattern) => isWithin(path, pattern))) return;
    changes.push({ path, kind, replaces: replacesObject(path, value, { before, after }, rules.forceNew) });
  });
  return changes;
}

type Report = (path: PropertyPath, kind: ChangeKind, value: Json | undefined) => void;

function collect(path: PropertyPath, before: Json | undefined, after: Json | undefined, report: Report): void {
  const wasAbsent = before === undefined || before === null;
  const isAbsent = after === undefined || after === null;
  if (wasAbsent && isAbsent) return;
  if (wasAbsent) report(path, "ADD", after);
  else if (isAbsent) report(path, "DELETE", before);
  else if (isUnknown(after)) report(path, "UPDATE", after);
  else if (isObject(before) && isObject(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)]))
      collect([...path, key], before[key], after[key], report);
  } else if (Array.isArray(before) && Array.isArray(after)) {
    for (let index = 0; index < Math.max(before.length, after.length); index++)
      collect([...path, index], before[index], after[index], report);
  } else if (before !== after) report(path, "UPDATE", after);
}

/** Returns true at or below a force-new path, or above one if the added or removed value includes it. */
function replacesObject(
  path: PropertyPath,
  value: Json | undefined,
  objects: { readonly before: JsonObject; readonly after: JsonObject },
  forceNew: readonly PropertyPath[],
): boolean {
  if (path.length === 1 && path[0] === "apiVersion")
    return groupOf(String(objects.before.apiVersion)) !== groupOf(String(objects.after.apiVersion));
  return forceNew.some(
    (pattern) => isWithin(path, pattern) || (isWithin(pattern, path) && reaches(value, pattern.slice(path.length))),
  );
}

function reaches(value: Json | undefined, path: PropertyPath): boolean {
  if (value === undefined || value === null) return false;
  const [step, ...rest] = path;
  if (step === undefined || isUnknown(value)) return true;
  return isObject(value) && reaches(value[String(step)], rest);
}

/** Returns the changes in Pulumi's wire format; both sides are inputs. */
export function toDiffResponse(changes: readonly Change[], deleteBeforeReplace: boolean): provider.DiffResponse {
  const { DIFF_NONE, DIFF_SOME } = provider.DiffResponse.DiffChanges;
  const response = new provider.DiffResponse().setHasdetaileddiff(true);
  for (const change of changes) {
    const kind = provider.PropertyDiff.Kind[change.replaces ? (`${change.kind}_REPLACE` as const) : change.kind];
    response
      .getDetaileddiffMap()
      .set(formatPath(change.path), new provider.PropertyDiff().setKind(kind).setInputdiff(true));
  }
  const replaces = changes.filter((change) => change.replaces).map((change) => formatPath(change.path));
  return response
    .setChanges(changes.length > 0 ? DIFF_SOME : DIFF_NONE)
    .setDiffsList([...new Set(changes.map((change) => String(change.path[0])))])
    .setReplacesList(replaces)
    .setDeletebeforereplace(replaces.length > 0 && deleteBeforeReplace);
}
