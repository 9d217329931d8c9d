import type { Diagnostic, Subject } from "../diagnostics/diagnostic.js";
import { isPolicyKind } from "../kinds/kinds.js";

/** Drops findings about unresolved references where the resource exists and only failed to parse. */
export function withoutConsequences(
  diagnostics: readonly Diagnostic[],
  broken: readonly Subject[],
): readonly Diagnostic[] {
  if (broken.length === 0) return diagnostics;
  const names = new Set(broken.flatMap(({ kind, name }) => [kind, genusOf(kind)].map((each) => `${each}/${name}`)));
  return diagnostics.filter(({ code, facts }) => {
    if (code !== "MW0107") return true;
    const { kind, found } = facts as { readonly kind: string; readonly found: string };
    return !names.has(`${kind}/${found}`);
  });
}

/** Returns the kind that findings name for a reference that several kinds may resolve. */
function genusOf(kind: Subject["kind"]): string {
  if (kind === "WorkspaceSettings") return "Workspace";
  return kind !== "Model" && isPolicyKind(kind) ? "policy" : kind;
}
