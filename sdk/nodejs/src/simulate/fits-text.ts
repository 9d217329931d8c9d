import { isDeferred } from "../model/deferred.js";
import type { TextMatch } from "../model/text-match.js";
import { compileExpression } from "./expression.js";

/** Reports whether a text matches; an unknown value counts as matching. */
export function fitsText({ kind, value }: TextMatch, text: string): boolean {
  if (isDeferred(value)) return true;
  if (kind === "exact") return value === text;
  return kind === "prefix" ? text.startsWith(value) : compileExpression(value).matches(text);
}
