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
 * The claims of the program's resources: key (such as `VirtualGateway/web/shop.example.com`) to the owner's name.
 *
 * Claims reveal conflicts between resources that are checked one at a time, each with its own small model.
 */
export type Claims = Map<string, string> & {
  /** Claims that are also read, and never changed. */
  readonly below?: Claims;
};

/** The input of a rule, and where it reports to. */
export interface CheckContext {
  readonly model: Model;
  readonly findings: Findings;
  readonly claims: Claims;
  readonly compileRegex: RegexCompiler;
  /** The only resource to report on; the rest of the model is context. */
  readonly focus?: Subject;
}

/** A rule about how resources fit together. Rules report certain problems only, and skip missing and unknown values. */
export interface Rule {
  /** The name of its file. */
  readonly name: string;
  /** Exactly the codes that the rule raises. */
  readonly codes: readonly Code[];
  /** The requirement that the rule enforces, in one sentence. */
  readonly description: string;
  readonly check: (context: CheckContext) => void;
}

/** One resource of a model. */
export interface Resource<K extends Kind> {
  readonly subject: Subject & { readonly kind: K };
  readonly value: ModelOf[K];
}

/**
 * Returns the resources of a kind to report on: the one in focus, the policies it lists, and the tables it delegates
 * to.
 */
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

/** Returns all resources of a kind in model order; for rules about conflicts, which need all claims. */
export function everyOne<K extends Kind>(context: CheckContext, kind: K): readonly Resource<K>[] {
  return [...context.model[kind]].map(([name, value]) => ({ subject: { kind, name }, value }));
}

/**
 * Claims a key for an owner, and returns the other owner that claimed it first.
 *
 * Resources out of focus only claim their keys; nothing is returned for them.
 */
export function claim(context: CheckContext, subject: Subject, key: string, owner: string): string | undefined {
  const other = context.claims.get(key);
  if (other === undefined) context.claims.set(key, owner);
  return other === undefined || other === owner || !isFocused(context, subject) ? undefined : other;
}

/** True if findings about a resource are wanted. */
export function isFocused({ focus }: CheckContext, subject: Subject): boolean {
  return focus === undefined || (focus.kind === subject.kind && focus.name === subject.name);
}

/** Returns the names of all resources of a kind; one shared list for all findings, of which there may be thousands. */
export const namesOf = memoizeBy(
  (resources: ReadonlyMap<string, unknown>): readonly string[] => [...resources.keys()],
  ({ size }) => size,
);
