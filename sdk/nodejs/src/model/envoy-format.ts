/** Parses texts with Envoy's `%OPERATOR%` substitutions, such as header values. */
import { METADATA_OF_PROXY, OPERATORS, READS_PROXY } from "./envoy-operators.js";

/** A problem in a text: an operator that Envoy or Istio rejects, or one that reads the proxy's private data. */
export type FormatProblem =
  | { readonly kind: "refused"; readonly found: string; readonly reason: string; readonly example: string }
  | { readonly kind: "private"; readonly operator: string; readonly reads: string };

/** A doubled percent sign, an operator, or a percent sign that is neither. Arguments contain no closing parenthesis. */
const PERCENT = /%%|%([A-Z][A-Z0-9_]*)(?:\(([^)]*)\))?(:\d+)?%|%/g;

/** Returns all problems in a text; empty if Envoy accepts it and it reads no private data of the proxy. */
export function problemsOfFormat(value: string): readonly FormatProblem[] {
  if (!value.includes("%")) return [];
  const problems: FormatProblem[] = [];
  for (const match of value.matchAll(PERCENT)) {
    if (match[0] === "%%") continue;
    const problem =
      match[1] === undefined ? looseSign(value.slice(match.index)) : problemOfOperator(match[0], match[1], match);
    if (problem === undefined) continue;
    problems.push(problem);
    // text after a loose sign is ambiguous
    if (match[1] === undefined) break;
  }
  return problems;
}

function looseSign(rest: string): FormatProblem {
  const name = /^%([A-Z][A-Z0-9_]*)/.exec(rest)?.[1];
  const reads = name === undefined ? undefined : READS_PROXY.get(name);
  if (name !== undefined && reads !== undefined) return { kind: "private", operator: name, reads };
  return {
    kind: "refused",
    found: rest.slice(0, 40),
    reason: "this percent sign begins no operator of Envoy, such as `%REQ(x-request-id)%`",
    example: "100%%",
  };
}

function problemOfOperator(found: string, name: string, match: RegExpExecArray): FormatProblem | undefined {
  const reads = READS_PROXY.get(name);
  if (reads !== undefined) return { kind: "private", operator: name, reads };
  const [, , argument, length] = match;
  if (name === "METADATA" && METADATA_OF_PROXY.includes(argument?.split(":")[0] ?? ""))
    return { kind: "private", operator: name, reads: "the settings of the proxy's listeners" };
  const operator = OPERATORS.get(name);
  if (operator === undefined)
    return { kind: "refused", found, reason: `Envoy has no operator \`${name}\``, example: "%REQ(x-request-id)%" };
  const wanted = operator.example === undefined ? `%${name}%` : `%${name}(${operator.example})%`;
  const refuse = (reason: string): FormatProblem => ({ kind: "refused", found, reason, example: wanted });
  // Istio's webhook rejects a length after an argument, and few Envoy operators take one without
  if (length !== undefined) return refuse("an operator with a length is refused by Envoy or by Istio's webhook");
  if (argument === undefined) return operator.alone ? undefined : refuse(`\`${name}\` needs an argument`);
  if (operator.argument === undefined) return refuse(`\`${name}\` takes no argument`);
  const fits = operator.argument.test(argument) && operator.never?.test(argument) !== true;
  return fits ? undefined : refuse(`\`${name}\` takes no such argument`);
}

/** Returns RE2 patterns for texts without problems in `problemsOfFormat`: they match `takes`, and not `never`. */
export function formatPatterns(): { readonly takes: string; readonly never: string } {
  const forms = new Map<string, string[]>();
  const add = (form: string, name: string): void => {
    forms.set(form, [...(forms.get(form) ?? []), name]);
  };
  const never: string[] = [];
  for (const [name, operator] of OPERATORS) {
    if (operator.alone) add("", name);
    if (operator.argument !== undefined) add(`\\((?:${operator.argument.source.slice(1, -1)})\\)`, name);
    if (operator.never !== undefined) never.push(`%${name}\\([^)]*${operator.never.source}`);
  }
  const operators = [...forms].map(([form, names]) => `(?:${names.join("|")})${form}`);
  return { takes: `^(?:[^%]|%%|%(?:${operators.join("|")})%)*$`, never: never.join("|") };
}
