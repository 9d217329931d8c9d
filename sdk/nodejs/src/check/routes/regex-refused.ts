import type { Path, Subject } from "../../diagnostics/diagnostic.js";
import { KINDS, type Kind } from "../../kinds/kinds.js";
import { isDeferred } from "../../model/deferred.js";
import type { KindDefinition, Placed } from "../../model/definition.js";
import { type ModelOf, REGISTRY } from "../../model/registry.js";
import { escapeBeyondLatin1 } from "../regex.js";
import { type CheckContext, inFocus, type Rule } from "../rule.js";

/** Istio's webhook rejects longer expressions; path expressions are measured during parsing. */
const LONGEST = 1024;

/** Istio's limit is 32,768 (pkg/bootstrap/config.go); the rest is reserved for a prefix that delegation may prepend. */
const LARGEST = 30_000;

type Definitions = { readonly [K in Kind]: Pick<KindDefinition<ModelOf[K]>, "section" | "patterns"> };

export const regexRefused: Rule = {
  name: "regex-refused",
  codes: ["MW0104", "MW0204", "MW0260", "MW0261"],
  description: "Envoy's RE2 accepts every regular expression, as bytes and within Istio's limit.",
  check(context) {
    for (const kind of KINDS) reportKind(context, kind);
  },
};

function reportKind<K extends Kind>(context: CheckContext, kind: K): void {
  const definitions: Definitions = REGISTRY;
  const { patterns } = definitions[kind];
  if (patterns === undefined) return;
  for (const { subject, value } of inFocus(context, kind)) report(context, subject, patterns(value));
}

function report(context: CheckContext, subject: Subject, patterns: readonly Placed<string>[]): void {
  for (const { value: pattern, path } of patterns) {
    if (isDeferred(pattern)) continue;
    const length = Buffer.byteLength(pattern);
    if (length < 1 || length > LONGEST) {
      context.findings.add("MW0104", subject, path, { found: length, minimum: 1, maximum: LONGEST, unit: "bytes" });
      continue;
    }
    const compiled = context.compileRegex(pattern);
    if ("reason" in compiled) context.findings.add("MW0204", subject, path, { pattern, reason: compiled.reason });
    else refuseInEnvoy(context, { subject, pattern, path, size: compiled.size });
  }
}

interface Accepted {
  readonly subject: Subject;
  readonly pattern: string;
  readonly path: Path;
  readonly size: number | undefined;
}

function refuseInEnvoy(context: CheckContext, { subject, pattern, path, size }: Accepted): void {
  const found = escapeBeyondLatin1(pattern);
  if (found !== undefined) context.findings.add("MW0260", subject, path, { pattern, found });
  if (size !== undefined && size > LARGEST)
    context.findings.add("MW0261", subject, path, { pattern, size, most: LARGEST });
}
