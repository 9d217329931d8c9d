import type { CatalogEntry } from "./catalog-entry.js";
import type { Diagnostic } from "./diagnostic.js";
import { entryOf } from "./report.js";

/** The texts of a finding. */
export interface Texts {
  readonly message: string;
  readonly detail?: string;
  readonly help: string;
}

/** What the catalogue says of a finding; of one whose facts are withheld, what it says without facts. */
export function textsOf({ code, facts, withheld }: Pick<Diagnostic, "code" | "facts" | "withheld">): Texts {
  const entry = entryOf(code);
  if (withheld === true) return withoutFacts(code, entry);
  const detail = entry.detail?.(facts);
  return { message: entry.message(facts), ...(detail !== undefined && { detail }), help: entry.help(facts) };
}

function withoutFacts(code: string, { meaning, message, help }: CatalogEntry<object>): Texts {
  const said = `${meaning.charAt(0).toLowerCase()}${meaning.slice(1).replace(/\.$/, "")}`;
  return {
    message: `found \`(secret)\`: ${constant(message) ?? said}`,
    help:
      constant(help) ?? `look at the secret values that this is made of; docs/diagnostics.md has an example of ${code}`,
  };
}

/** A text that is the same for all facts; undefined where it is not. */
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

/** Facts that tell nothing, whatever asks. */
const UNREADABLE = new Proxy({}, { get: refuse, has: refuse, ownKeys: refuse, getOwnPropertyDescriptor: refuse });
