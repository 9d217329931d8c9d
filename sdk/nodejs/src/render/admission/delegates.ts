/** Rules for VirtualServices that a route delegates to. */
import { celList, celText, some } from "./cel.js";
import type { Validation } from "./policy.js";

/** Requires delegates to be in these namespaces, so that nobody attaches others' routes to a host or a gateway. */
export function delegateRule(namespaces: readonly string[], whose: string, unless = "false"): Validation {
  const namespace = "r.delegate.?namespace.orValue(request.namespace)";
  const expected =
    namespaces.length === 0
      ? "expected no `delegate`: write the routes themselves"
      : `expected one in ${some(namespaces)}: write the routes themselves`;
  return {
    expression:
      `${unless} || !variables.http.exists(r, has(r.delegate) && r.delegate.?name.orValue("") != "" && ` +
      `!(${namespace} in ${celList(namespaces)}))`,
    message: "a route delegates to routes of others",
    sentence: celText(`a route delegates to a VirtualService that is not ${whose}, ${expected}, or ask the operators`),
  };
}
