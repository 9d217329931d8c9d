/** A place where a text of a table or its resources reaches Envoy. */
import type { Grammar } from "./texts.js";

/** Arguments of a resource, or a part of them. */
export type Args = Readonly<Record<string, unknown>>;

/** A resource of a model. */
export type Resource = readonly [kind: string, name: string, args: Args];

/** Values unique to one table. */
export interface Own {
  readonly name: string;
  /** A port that no other table of the run uses. */
  readonly port: number;
}

/** The parts that a text adds to a table at its place. */
export interface Contribution {
  readonly matcher?: Args;
  /** `forwardTo`, `redirect` or `directResponse`. */
  readonly action?: Args;
  /** A policy of the table, by kind. */
  readonly policy?: readonly [kind: string, args: Args];
  /** Labels prepended to the table's own host. */
  readonly label?: string;
  /** Policies of the destination, by kind. */
  readonly endpoints?: readonly (readonly [kind: string, args: Args])[];
  /** Further fields of the destination. */
  readonly destination?: Args;
  /** Further fields of the table. */
  readonly table?: Args;
  /** A matcher of another table, which delegates to this one. */
  readonly parent?: Args;
  /** Further resources; all of their names start with the table's. */
  readonly resources?: (own: Own) => readonly Resource[];
}

/** A place, and the function that puts a text there. */
export interface Place {
  readonly name: string;
  /** Two places with the same slot never occur in one table. */
  readonly slot: string;
  readonly grammar: Grammar;
  readonly put: (text: string) => Contribution;
}

/** Returns a place on its own. */
export function place(name: string, slot: string, grammar: Grammar, put: Place["put"]): Place {
  return { name, slot, grammar, put };
}

/** Returns a place in a condition of the route. */
export function matcher(name: string, slot: string, grammar: Grammar, put: (text: string) => Args): Place {
  return place(name, slot, grammar, (text) => ({ matcher: put(text) }));
}

/** Returns a place in the route's changes to requests, under a prefix. */
export function forward(name: string, grammar: Grammar, put: (text: string) => Args): Place {
  return place(`forwardTo.${name}`, "action", grammar, (text) => ({
    matcher: { uri: { prefix: "/shop" } },
    action: { forwardTo: put(text) },
  }));
}

/** Returns a place in a policy of the table. */
export function policy(kind: string, name: string, grammar: Grammar, put: (text: string) => Args): Place {
  return place(`${kind}.${name}`, kind, grammar, (text) => ({ policy: [kind, put(text)] }));
}

/** Returns a place in a policy of the destination, which may have one of each kind. */
export function endpoints(kind: string, name: string, grammar: Grammar, put: (text: string) => Args): Place {
  return place(`${kind}.${name}`, `destination ${kind}`, grammar, (text) => ({ endpoints: [[kind, put(text)]] }));
}

/** Returns a place in resources that are independent of the table. */
export function besides(
  name: string,
  slot: string,
  grammar: Grammar,
  put: (text: string, own: Own) => readonly Resource[],
): Place {
  return place(name, slot, grammar, (text) => ({ resources: (own) => put(text, own) }));
}
