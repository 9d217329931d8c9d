/** What a place is at which a text of a table, or of what belongs to it, reaches Envoy. */
import type { Grammar } from "./texts.js";

/** Arguments of a resource, or a part of them. */
export type Args = Readonly<Record<string, unknown>>;

/** A resource of a model. */
export type Resource = readonly [kind: string, name: string, args: Args];

/** What a table has by itself. */
export interface Own {
  readonly name: string;
  /** A port that no other table of its run has. */
  readonly port: number;
}

/** What a text at a place makes of a table. */
export interface Contribution {
  readonly matcher?: Args;
  /** `forwardTo`, `redirect` or `directResponse`. */
  readonly action?: Args;
  /** Policies of the table by kind. */
  readonly policy?: readonly [kind: string, args: Args];
  /** Labels in front of the table's own host. */
  readonly label?: string;
  /** Policies of the destination by kind. */
  readonly endpoints?: readonly (readonly [kind: string, args: Args])[];
  /** What else the destination has. */
  readonly destination?: Args;
  /** What else the table has. */
  readonly table?: Args;
  /** A matcher of another table, which delegates to this one. */
  readonly parent?: Args;
  /** Resources besides; the names of all of them begin with that of the table. */
  readonly resources?: (own: Own) => readonly Resource[];
}

/** A place, and what a text at it makes of a table. */
export interface Place {
  readonly name: string;
  /** Two places of one slot are never in one table. */
  readonly slot: string;
  readonly grammar: Grammar;
  readonly put: (text: string) => Contribution;
}

/** A place by itself. */
export function place(name: string, slot: string, grammar: Grammar, put: Place["put"]): Place {
  return { name, slot, grammar, put };
}

/** A place in a condition of the route. */
export function matcher(name: string, slot: string, grammar: Grammar, put: (text: string) => Args): Place {
  return place(name, slot, grammar, (text) => ({ matcher: put(text) }));
}

/** A place of what the route changes, under a prefix. */
export function forward(name: string, grammar: Grammar, put: (text: string) => Args): Place {
  return place(`forwardTo.${name}`, "action", grammar, (text) => ({
    matcher: { uri: { prefix: "/shop" } },
    action: { forwardTo: put(text) },
  }));
}

/** A place in a policy of the table. */
export function policy(kind: string, name: string, grammar: Grammar, put: (text: string) => Args): Place {
  return place(`${kind}.${name}`, kind, grammar, (text) => ({ policy: [kind, put(text)] }));
}

/** A place in a policy of the destination, which may have one of each kind. */
export function endpoints(kind: string, name: string, grammar: Grammar, put: (text: string) => Args): Place {
  return place(`${kind}.${name}`, `destination ${kind}`, grammar, (text) => ({ endpoints: [[kind, put(text)]] }));
}

/** A place in resources that the table does not need. */
export function besides(
  name: string,
  slot: string,
  grammar: Grammar,
  put: (text: string, own: Own) => readonly Resource[],
): Place {
  return place(name, slot, grammar, (text) => ({ resources: (own) => put(text, own) }));
}
