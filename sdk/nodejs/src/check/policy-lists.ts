import type { Path } from "../diagnostics/diagnostic.js";
import type { Kind } from "../kinds/kinds.js";
import type { PolicyReference } from "../model/policy-reference.js";
import type { ModelOf } from "../model/registry.js";

/** One list of policies in a resource. */
export interface PolicyList {
  readonly path: Path;
  readonly references: readonly PolicyReference[];
  /** The subject that the policies must have. */
  readonly about: "routes" | "endpoints";
}

const known = new WeakMap<object, readonly PolicyList[]>();

/** Returns the nonempty policy lists of a resource, its own first. Cached, because many rules need them. */
export function policyListsOf<K extends Kind>(kind: K, value: ModelOf[K]): readonly PolicyList[] {
  const found = known.get(value) ?? allLists(kind, value).filter(({ references }) => references.length > 0);
  known.set(value, found);
  return found;
}

function allLists(kind: Kind, value: ModelOf[Kind]): readonly PolicyList[] {
  switch (kind) {
    case "VirtualDestination":
      return [
        { path: ["policies"], references: (value as ModelOf["VirtualDestination"]).policies, about: "endpoints" },
      ];
    case "VirtualGateway":
      return [{ path: ["policies"], references: (value as ModelOf["VirtualGateway"]).policies, about: "routes" }];
    case "RouteTable": {
      const { policies, http } = value as ModelOf["RouteTable"];
      return [
        { path: ["policies"], references: policies, about: "routes" },
        ...http.map((route, index) => ({
          path: ["http", index, "policies"],
          references: route.policies,
          about: "routes" as const,
        })),
      ];
    }
    default:
      return [];
  }
}
