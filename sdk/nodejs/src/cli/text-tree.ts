import type { State } from "js-yaml";
import { parseYaml } from "./parse-yaml.js";

/** A value's position in a text; offsets count UTF-16 code units. */
export interface Spot {
  /** Start of the value, including its anchor and tag. */
  readonly start: number;
  /** Of a map: its keys. */
  readonly entries?: ReadonlyMap<string, SpotEntry>;
  /** Of a map: the maps that its merge keys repeat, the nearest first. */
  readonly merged?: readonly Spot[];
  /** Of a list. */
  readonly items?: readonly Spot[];
}

/** A key and its value. */
export interface SpotEntry {
  /** Start of the key. */
  readonly start: number;
  /** Absent if nothing is written after the key. */
  readonly value?: Spot;
}

/** An alias: its position, and the value that it repeats, unless that is a list or map around it. */
export interface Alias {
  readonly start: number;
  readonly value: unknown;
  readonly isCircular: boolean;
}

/** A problem that prevents reading a text. */
export interface SyntaxProblem {
  readonly reason: string;
  readonly offset: number;
  /** True if it is about the whole text. */
  readonly isWhole?: boolean;
}

/** Positions of all values in a text of YAML or JSON. */
export interface TextTree {
  /** Absent if the text can't be read. */
  readonly root?: Spot;
  /** In text order. */
  readonly aliases: readonly Alias[];
  readonly problems: readonly SyntaxProblem[];
}

/** Parses a text again, to locate its values and problems. */
export function readTree(text: string): TextTree {
  const reader = new TreeReader(text);
  try {
    const documents = parseYaml(text, { lenient: true, listener: (event, state) => reader.take(event, state) });
    if (documents.length > 1) reader.reportSecondDocument();
  } catch (error) {
    reader.reportFailure(error);
  }
  return reader.tree();
}

/** A node that js-yaml is reading or has read. */
interface Node {
  readonly start: number;
  readonly children: Node[];
  end: number;
  result: unknown;
  kind: State["kind"] | null;
}

class TreeReader {
  readonly #text: string;
  readonly #open: Node[] = [];
  readonly #roots: Node[] = [];
  readonly #spots = new Map<object, Spot>();
  readonly #aliases: Alias[] = [];
  readonly #problems: SyntaxProblem[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  tree(): TextTree {
    const [root] = this.#roots;
    const problems = [...this.#problems].sort((a, b) => a.offset - b.offset);
    return { ...(root && { root: this.#spotOf(root) }), aliases: this.#aliases, problems };
  }

  take(event: "open" | "close", state: State): void {
    if (event === "open") {
      this.#open.push({ start: state.position, children: [], end: state.position, result: undefined, kind: null });
      return;
    }
    const node = this.#open.pop();
    if (node === undefined) return;
    Object.assign(node, { end: state.position, result: state.result, kind: state.kind });
    this.#finish(node);
    (this.#open.at(-1)?.children ?? this.#roots).push(node);
  }

  /** Reports that a second document starts. */
  reportSecondDocument(): void {
    const start = this.#startOf(this.#roots[1]?.start ?? 0);
    const separator = this.#text.lastIndexOf("\n---", start) + 1;
    const offset = separator > (this.#roots[0]?.start ?? 0) ? separator : start;
    this.#problems.push({ reason: "a second document begins, expected one in a file", offset });
  }

  /** Reports the error that ended the parse. */
  reportFailure(error: unknown): void {
    const { reason, mark } = error as { readonly reason?: string; readonly mark?: { readonly position: number } };
    const message = reason ?? (error instanceof Error ? error.message : String(error));
    const around = this.#startOf(this.#open.at(-1)?.start ?? 0);
    // for these the exception has the end position
    const isNode = /^(?:unknown (?:scalar |sequence |mapping )?tag|unidentified alias|cannot resolve a node)/.test(
      message,
    );
    this.#problems.push({ reason: sentence(message), offset: isNode ? around : (mark?.position ?? around) });
  }

  /** Records the position of a list or map, and finds duplicate keys. */
  #finish(node: Node): void {
    const { result, children, kind } = node;
    if (typeof result !== "object" || result === null) {
      node.children.length = 0;
      return;
    }
    const [only] = children;
    const isWrapped = children.length === 1 && only?.result === result;
    if (!isWrapped && this.#text[this.#startOf(node.start)] === "*") {
      const isCircular = !this.#spots.has(result);
      this.#aliases.push({ start: this.#startOf(node.start), value: result, isCircular });
    } else if (!isWrapped && !this.#spots.has(result)) {
      const start = this.#startOf(node.start);
      if (kind === "sequence") this.#spots.set(result, { start, items: this.#itemsOf(result as unknown[], node) });
      else this.#spots.set(result, { start, ...this.#mapOf(children) });
    }
    // its position holds everything known about it
    children.length = 0;
  }

  /**
   * Returns the items of a list, including items without nodes: nothing after a hyphen, and a single pair such as `[a:
   * 1]`.
   */
  #itemsOf(items: readonly unknown[], { start, children }: Node): readonly Spot[] {
    let next = 0;
    return items.map((item) => {
      const child = children[next];
      if (child === undefined || (item === null && child.result !== null)) return { start: this.#startOf(start) };
      next += 1;
      if (Object.is(child.result, item)) return this.#spotOf(child);
      const pair = this.#mapOf(children.slice(next - 1, next + 1));
      if ([...(pair.entries?.values() ?? [])].some(({ value }) => value !== undefined)) next += 1;
      return { start: this.#startOf(child.start), ...pair };
    });
  }

  #mapOf(children: readonly Node[]): Pick<Spot, "entries" | "merged"> {
    const entries = new Map<string, SpotEntry>();
    const merged: Spot[] = [];
    for (let index = 0; index < children.length; index++) {
      const key = children[index];
      if (key === undefined) break;
      const start = this.#startOf(key.start);
      const value = this.#text[this.#startOf(key.end)] === ":" ? children[index + 1] : undefined;
      if (value !== undefined) index += 1;
      const name = String(key.result);
      if (name === "<<" && this.#text[start] === "<") {
        if (value !== undefined) merged.push(...this.#mergedBy(value));
        continue;
      }
      if (entries.has(name)) this.#problems.push({ reason: "map keys must be unique", offset: start });
      else entries.set(name, { start, ...(value && { value: this.#spotOf(value) }) });
    }
    return { entries, ...(merged.length > 0 && { merged }) };
  }

  #mergedBy(node: Node): readonly Spot[] {
    const spot = this.#spotOf(node);
    return spot.items ?? [spot];
  }

  /** Returns the position of a node; an alias starts at the alias and has its anchor's content. */
  #spotOf({ start, result }: Node): Spot {
    const known = typeof result === "object" && result !== null ? this.#spots.get(result) : undefined;
    const own = this.#startOf(start);
    return known === undefined || known.start === own ? (known ?? { start: own }) : { ...known, start: own };
  }

  /** Returns the next offset that is neither blank nor in a comment. */
  #startOf(offset: number): number {
    BLANKS.lastIndex = offset;
    const [blanks = ""] = BLANKS.exec(this.#text) ?? [];
    return offset + blanks.length;
  }
}

/** Blanks, and comments after them. */
const BLANKS = /(?:[ \t\r\n]+(?:#[^\r\n]*)?|(?<![^\s])#[^\r\n]*)*/y;

/** Rewords a parser's error for findings. */
function sentence(reason: string): string {
  const tag = /^unknown (?:\w+ )?tag !<(.*)>$/.exec(reason)?.[1];
  if (tag !== undefined) return `unresolved tag: ${tag.replace("tag:yaml.org,2002:", "!!")}`;
  if (reason.startsWith("nesting exceeded"))
    return `it is nested too deep, expected at most ${reason.replace(/\D/g, "")} levels`;
  if (reason.startsWith("merge keys exceeded")) return `merge keys repeat more than ${reason.replace(/\D/g, "")} keys`;
  const line = reason.split("\n")[0] ?? "";
  return (/^[A-Z][a-z]/.test(line) ? line.charAt(0).toLowerCase() + line.slice(1) : line).replace(/\.$/, "");
}
