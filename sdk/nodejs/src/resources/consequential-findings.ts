import type { Diagnostic, Subject } from "../diagnostics/diagnostic.js";
import { isPolicyKind } from "../kinds/kinds.js";

/** Leaves out findings that a reference names nothing, where it names a resource that is there and only could not be understood. */
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

/** What a finding calls the kind of a reference that may be to one of several. */
function genusOf(kind: Subject["kind"]): string {
  if (kind === "WorkspaceSettings") return "Workspace";
  return kind !== "Model" && isPolicyKind(kind) ? "policy" : kind;
}
