import type { Path } from "../diagnostics/diagnostic.js";
import type { Kind } from "../kinds/kinds.js";
import { memoize } from "../memo/memo.js";
import type { PolicyReference } from "../model/policy-reference.js";
import type { ModelOf } from "../model/registry.js";

/** One list of policies in a resource. */
export interface PolicyList {
  readonly path: Path;
  readonly references: readonly PolicyReference[];
  /** The subject that the policies must have. */
  readonly about: "routes" | "destinations";
}

/** Returns the nonempty policy lists of a resource, its own first. Cached, because many rules need them. */
export function policyListsOf<K extends Kind>(kind: K, value: ModelOf[K]): readonly PolicyList[] {
  return listsIn(value, kind);
}

const listsIn = memoize((value: ModelOf[Kind], kind: Kind) =>
  allLists(kind, value).filter(({ references }) => references.length > 0),
);

function allLists(kind: Kind, value: ModelOf[Kind]): readonly PolicyList[] {
  switch (kind) {
    case "VirtualDestination":
      return [
        { path: ["policies"], references: (value as ModelOf["VirtualDestination"]).policies, about: "destinations" },
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
