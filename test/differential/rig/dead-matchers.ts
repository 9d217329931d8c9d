import type { Diagnostic } from "../../../sdk/nodejs/src/diagnostics/diagnostic.js";
import type { Model } from "../../../sdk/nodejs/src/model/model.js";

/** Findings of conditions that no request meets; those of inverted conditions say the contrary. */
function isOfDeadCondition({ code, facts }: Diagnostic): boolean {
  if (code === "MW0216" || code === "MW0217") return true;
  if (code === "MW0218") return "holds" in facts && facts.holds === false;
  return code === "MW0219" && !("invert" in facts);
}

/** Returns the matchers of tables without delegation that a check says no request meets, as `TABLE/ROUTE.mINDEX`. */
export function deadMatchers(model: Model, diagnostics: readonly Diagnostic[]): ReadonlySet<string> {
  const found = diagnostics.filter(isOfDeadCondition).flatMap(({ subject: { name }, path }) => {
    const [field, index, matchers, matcher] = path;
    if (field !== "http" || matchers !== "matchers") return [];
    return [`${name}/${model.RouteTable.get(name)?.http[Number(index)]?.name}.m${matcher}`];
  });
  return new Set(found);
}
