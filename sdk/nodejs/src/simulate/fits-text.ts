import { isDeferred } from "../model/deferred.js";
import type { TextMatch } from "../model/text-match.js";
import { compileExpression } from "./expression.js";

/** Whether a text is as wanted; one that is not known yet counts as fitting. */
export function fitsText({ kind, value }: TextMatch, text: string): boolean {
  if (isDeferred(value)) return true;
  if (kind === "exact") return value === text;
  return kind === "prefix" ? text.startsWith(value) : compileExpression(value).matches(text);
}
