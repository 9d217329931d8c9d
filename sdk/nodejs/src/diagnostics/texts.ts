import type { CatalogEntry } from "./catalog-entry.js";
import type { Diagnostic } from "./diagnostic.js";
import { entryOf } from "./report.js";

/** The texts of a finding. */
export interface Texts {
  readonly message: string;
  readonly detail?: string;
  readonly help: string;
}

/** Returns the catalog's texts for a finding; if its facts are withheld, texts that need none. */
export function textsOf({ code, facts, withheld }: Pick<Diagnostic, "code" | "facts" | "withheld">): Texts {
  const entry = entryOf(code);
  if (withheld === true) return withoutFacts(code, entry);
  const detail = entry.detail?.(facts);
  return { message: entry.message(facts), ...(detail !== undefined && { detail }), help: entry.help(facts) };
}

function withoutFacts(code: string, { meaning, message, help }: CatalogEntry<object>): Texts {
  const summary = `${meaning.charAt(0).toLowerCase()}${meaning.slice(1).replace(/\.$/, "")}`;
  return {
    message: `found \`(secret)\`: ${constant(message) ?? summary}`,
    help:
      constant(help) ??
      `check the secret values that this is derived from; docs/diagnostics.md has an example of ${code}`,
  };
}

/** Returns the text if it is the same for all facts, or else undefined. */
function constant(text: (facts: object) => string): string | undefined {
  try {
    return text(UNREADABLE);
  } catch {
    return undefined;
  }
}

const refuse = (): never => {
  throw new Error("facts are withheld");
};

/** Facts that throw on any access. */
const UNREADABLE = new Proxy({}, { get: refuse, has: refuse, ownKeys: refuse, getOwnPropertyDescriptor: refuse });
