import type { Code } from "../diagnostics/catalog.js";
import type { Subject } from "../diagnostics/diagnostic.js";
import type { Findings } from "../diagnostics/report.js";
import type { Kind } from "../kinds/kinds.js";
import { isPolicyKind } from "../kinds/kinds.js";
import { memoizeBy } from "../memo/memo.js";
import { tablesUnder } from "../model/delegation.js";
import type { Model } from "../model/model.js";
import { kindsOf } from "../model/policies.js";
import type { ModelOf } from "../model/registry.js";
import { policyListsOf } from "./policy-lists.js";
import type { RegexCompiler } from "./regex.js";

/**
 * What resources of the program already own: key (such as `VirtualGateway/web/shop.example.com`) to the owner's name.
 *
 * It finds conflicts between resources that are checked one by one, each with its own small model.
 */
export type Claims = Map<string, string> & {
  /** Claims that are looked into as well, and not changed. */
  readonly below?: Claims;
};

/** What a rule looks at and reports to. */
export interface CheckContext {
  readonly model: Model;
  readonly findings: Findings;
  readonly claims: Claims;
  readonly compileRegex: RegexCompiler;
  /** The only resource to report on; the rest of the model is context. */
  readonly focus?: Subject;
}

/** One rule about how resources fit together. Rules report what is certain and skip what is missing or not known yet. */
export interface Rule {
  /** The name of its file. */
  readonly name: string;
  /** The codes of what it raises, and of nothing else. */
  readonly codes: readonly Code[];
  /** What the rule refuses, in one sentence. */
  readonly description: string;
  readonly check: (context: CheckContext) => void;
}

/** One resource of a model. */
export interface Resource<K extends Kind> {
  readonly subject: Subject & { readonly kind: K };
  readonly value: ModelOf[K];
}

/** The resources of a kind that are to be reported on: the one in focus, and what it renders: policies that it lists, and tables that it delegates to. */
export function inFocus<K extends Kind>(context: CheckContext, kind: K): readonly Resource<K>[] {
  const { focus } = context;
  if (focus === undefined) return everyOne(context, kind);
  if (focus.kind !== kind) return listedInFocus(context, kind, focus);
  const names = kind === "RouteTable" ? tablesUnder(context.model, focus.name) : [focus.name];
  return [...names].flatMap((name) => {
    const value = context.model[kind].get(name);
    return value === undefined ? [] : [{ subject: { kind, name }, value }];
  });
}

function listedInFocus<K extends Kind>(context: CheckContext, kind: K, focus: Subject): readonly Resource<K>[] {
  if (!isPolicyKind(kind) || focus.kind === "Model") return [];
  const { kind: on } = focus;
  const listed = inFocus(context, on).flatMap(({ value }) =>
    policyListsOf(on, value).flatMap(({ references }) => references),
  );
  const names = listed.filter((each) => kindsOf(context.model, each).includes(kind)).map(({ name }) => name);
  return everyOne(context, kind).filter(({ subject }) => names.includes(subject.name));
}

/** All resources of a kind, in the order of the model; for rules about conflicts, which must know all claims. */
export function everyOne<K extends Kind>(context: CheckContext, kind: K): readonly Resource<K>[] {
  return [...context.model[kind]].map(([name, value]) => ({ subject: { kind, name }, value }));
}

/**
 * Takes a key for an owner, and returns the other owner that had it before.
 *
 * Nothing is returned for resources out of focus: they only take their keys.
 */
export function claim(context: CheckContext, subject: Subject, key: string, owner: string): string | undefined {
  const other = context.claims.get(key);
  if (other === undefined) context.claims.set(key, owner);
  return other === undefined || other === owner || !isFocused(context, subject) ? undefined : other;
}

/** Whether findings about a resource are wanted. */
export function isFocused({ focus }: CheckContext, subject: Subject): boolean {
  return focus === undefined || (focus.kind === subject.kind && focus.name === subject.name);
}

/** The names of all resources of a kind; one list for all findings, of which there may be thousands. */
export const namesOf = memoizeBy(
  (resources: ReadonlyMap<string, unknown>): readonly string[] => [...resources.keys()],
  ({ size }) => size,
);
