/** Makes a case small: parts of it are left out, again and again, as long as Envoy and the simulator still disagree. */

import { KINDS } from "../../sdk/nodejs/src/kinds/kinds.js";
import type { Request } from "../../sdk/nodejs/src/simulate/request.js";
import type { ModelArgs } from "../support/arbitraries/model-args.js";
import { compare, type Disagreement } from "./compare.js";
import type { Rig } from "./rig/rig.js";

/** A case that is as small after this many tries is small enough. */
const MOST_TRIES = 400;

/** Where Envoy refuses its configuration, each try takes seconds. */
const MOST_MS = 4 * 60_000;

interface Case {
  readonly args: ModelArgs;
  readonly request?: Request;
}

/** The smallest case that was found, and how the two disagree about it. */
export async function shrink(rig: Rig, found: Disagreement): Promise<Disagreement> {
  let smallest = found;
  let isSmaller = true;
  let tries = 0;
  const end = Date.now() + MOST_MS;
  while (isSmaller) {
    isSmaller = false;
    for (let place = 0; tries < MOST_TRIES && Date.now() < end; ) {
      const smaller = caseAt(smallest, place);
      if (smaller === undefined) break;
      const canRun = isUsable(rig, smaller.args);
      if (canRun) tries += 1;
      const disagreement = canRun ? await disagreementOn(rig, smaller, found) : undefined;
      if (disagreement === undefined) place += 1;
      else smallest = disagreement;
      isSmaller ||= disagreement !== undefined;
    }
  }
  return smallest;
}

/** One of the smaller cases; what comes after the place of one that was taken is tried next. */
function caseAt(of: Case, place: number): Case | undefined {
  let at = 0;
  for (const smaller of smallerCases(of)) if (at++ === place) return smaller;
  return undefined;
}

/** The same kind of disagreement on another case. */
async function disagreementOn(
  rig: Rig,
  { args, request }: Case,
  like: Disagreement,
): Promise<Disagreement | undefined> {
  const { disagreements } = await compare(rig, args, request === undefined ? [] : [request]);
  return disagreements.find((each) => kindOf(each) === kindOf(like));
}

/** What makes two disagreements alike. */
export function kindOf({ simulator, differences }: Disagreement): string {
  return `${simulator?.kind} ${differences[0]?.split(":")[0]}`;
}

function isUsable(rig: Rig, args: ModelArgs): boolean {
  try {
    return rig.compile(args) !== undefined;
  } catch {
    return false;
  }
}

/** The case without one of its parts, the largest parts first. */
function* smallerCases({ args, request }: Case): Generator<Case> {
  const withRequest = request === undefined ? {} : { request };
  for (const kind of [...KINDS].reverse()) {
    const names = Object.keys(args[kind]);
    for (let size = names.length; size >= 1; size = Math.floor(size / 2)) {
      for (let from = 0; from < names.length; from += size) {
        const gone = new Set(names.slice(from, from + size));
        const rest = Object.fromEntries(Object.entries(args[kind]).filter(([name]) => !gone.has(name)));
        yield { args: { ...args, [kind]: rest }, ...withRequest };
      }
    }
  }
  for (const kind of KINDS)
    for (const smaller of withoutOnePart(args[kind])) yield { args: { ...args, [kind]: smaller }, ...withRequest };
  if (request === undefined) return;
  for (const smaller of smallerRequests(request)) yield { args, request: smaller };
}

/** The value without one entry of one of its lists or one field of one of its objects. */
function* withoutOnePart(value: unknown): Generator<unknown> {
  if (typeof value !== "object" || value === null) return;
  const isList = Array.isArray(value);
  const entries = Object.entries(value);
  const join = (parts: readonly (readonly [string, unknown])[]): unknown =>
    isList ? parts.map(([, part]) => part) : Object.fromEntries(parts);
  for (const [index] of entries.entries()) yield join(entries.toSpliced(index, 1));
  for (const [index, [key, part]] of entries.entries())
    for (const smaller of withoutOnePart(part)) yield join(entries.toSpliced(index, 1, [key, smaller]));
}

function* smallerRequests(request: Request): Generator<Request> {
  const { headers = [], path, method } = request;
  for (const [index] of headers.entries()) yield { ...request, headers: headers.toSpliced(index, 1) };
  if (method !== undefined && method !== "GET") yield { ...request, method: "GET" };
  for (const shorter of shorterTexts(path)) yield { ...request, path: shorter };
  for (const [index, [name, value]] of headers.entries())
    for (const shorter of shorterTexts(value))
      yield { ...request, headers: headers.toSpliced(index, 1, [name, shorter]) };
}

/** The text without a stretch of it, long ones first. */
function* shorterTexts(text: string): Generator<string> {
  for (let size = Math.floor(text.length / 2); size >= 1; size = Math.floor(size / 2))
    for (let from = 0; from < text.length; from += size) yield text.slice(0, from) + text.slice(from + size);
}
