import type { Path, Subject } from "../../diagnostics/diagnostic.js";
import { isDeferred } from "../../model/deferred.js";
import { type ParsedJwks, parseJwks } from "../../model/jwks.js";
import { type CheckContext, inFocus } from "../rule.js";

/** A key set that is given inline and parses. */
interface KeySet {
  readonly subject: Subject;
  readonly provider: string;
  readonly path: Path;
  readonly set: Exclude<ParsedJwks, { readonly problem: string }>;
}

/** Returns the key sets of all providers with inline keys. */
export function keySets(context: CheckContext): readonly KeySet[] {
  return inFocus(context, "JWTPolicy").flatMap(({ subject, value }) =>
    Object.entries(value.providers).flatMap(([provider, { keys }]) => {
      if (keys.kind !== "local" || isDeferred(keys.inline)) return [];
      const set = parseJwks(keys.inline);
      return "problem" in set ? [] : [{ subject, provider, path: ["providers", provider, "local", "inline"], set }];
    }),
  );
}
