import type { Code } from "../diagnostics/catalog.js";
import type { Diagnostic, Path } from "../diagnostics/diagnostic.js";
import { nearest } from "../diagnostics/words.js";

/** The fields whose absence each code reports. */
const MISSING: Partial<Record<Code, readonly string[]>> = {
  MW0209: ["destinations"],
  MW0243: ["hosts", "virtualGateways", "sidecars"],
  MW0305: ["secretName"],
  MW0502: ["port"],
};

/**
 * Drops findings about a missing field where parsing has reported the cause: the field's name is misspelled, or the
 * route has two actions, of which only one is left to check.
 */
export function withoutFollowUps(checked: readonly Diagnostic[], parsed: readonly Diagnostic[]): readonly Diagnostic[] {
  return checked.filter((finding) => {
    const missing = MISSING[finding.code];
    return missing === undefined || !parsed.some((cause) => isCause(cause, finding, missing));
  });
}

function isCause(cause: Diagnostic, finding: Diagnostic, missing: readonly string[]): boolean {
  const { code, subject, path } = cause;
  if (subject.kind !== finding.subject.kind || subject.name !== finding.subject.name) return false;
  if (code === "MW0106") return finding.code === "MW0209" && isAt(path, finding.path.slice(0, -1));
  const field = path.at(-1);
  if (code !== "MW0101" || typeof field !== "string" || nearest(field, missing).length === 0) return false;
  const place = path.slice(0, -1);
  return isAt(place, finding.path) || isAt(place, finding.path.slice(0, -1));
}

function isAt(one: Path, other: Path): boolean {
  return one.length === other.length && one.every((step, at) => step === other[at]);
}
