import { type RefinementContext, raise } from "./schema.js";

/** Text with embedded values. */
export interface Template {
  /** The text as written. */
  readonly text: string;
  readonly parts: readonly TemplatePart[];
}

export type TemplatePart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "extractor"; readonly name: string }
  | { readonly kind: "header"; readonly of: Side; readonly name: string }
  | { readonly kind: "body"; readonly path: readonly string[] };

/** The message that a header belongs to. */
export type Side = "request" | "response";

/** The context of a template. */
interface TemplatePlace {
  readonly side: Side;
  /** The names of the declared extractors. */
  readonly extractors: readonly string[];
}

const HEADER = /^(header|request_header)\("(:?[A-Za-z0-9_-]+)"\)$/;
const BODY = /^body((?:\.[A-Za-z0-9_-]+)+)$/;

/** Parses a template, and reports anything that no Envoy filter supports. */
export function parseTemplate(
  text: string,
  place: TemplatePlace,
  context: RefinementContext,
  path: (string | number)[],
): Template {
  const parts: TemplatePart[] = [];
  const refuse = (found: string): void =>
    raise(context, "MW0466", { found, extractors: place.extractors, side: place.side }, path);
  let last = 0;
  for (const match of text.matchAll(/\{\{(.*?)\}\}/gs)) {
    const before = text.slice(last, match.index);
    if (before !== "") parts.push({ kind: "text", text: before });
    last = match.index + match[0].length;
    const part = readExpression((match[1] ?? "").trim(), place);
    if (part === undefined) refuse(match[0]);
    else parts.push(part);
  }
  const rest = text.slice(last);
  if (rest !== "") parts.push({ kind: "text", text: rest });
  const statement = parts
    .map((part) => (part.kind === "text" ? /\{[%#{].*/s.exec(part.text)?.[0] : undefined))
    .find(Boolean);
  if (statement !== undefined) refuse(statement);
  return { text, parts };
}

function readExpression(expression: string, { side, extractors }: TemplatePlace): TemplatePart | undefined {
  if (extractors.includes(expression)) return { kind: "extractor", name: expression };
  const [, verb, name] = HEADER.exec(expression) ?? [];
  if (name !== undefined) return { kind: "header", of: verb === "header" ? side : "request", name: name.toLowerCase() };
  const [, path] = BODY.exec(expression) ?? [];
  return path === undefined ? undefined : { kind: "body", path: path.slice(1).split(".") };
}

/** The maximum size of an operator without its argument; DYNAMIC_METADATA is the longest. */
const OPERATOR_BYTES = 40;

/** Returns the maximum size of a template in bytes in Envoy's format, where percent signs are doubled. */
export function formatSize({ parts }: Template): number {
  return parts.reduce((sum, part) => {
    if (part.kind === "text") return sum + Buffer.byteLength(part.text.replaceAll("%", "%%"));
    return sum + OPERATOR_BYTES + (part.kind === "body" ? part.path.join(":") : part.name).length;
  }, 0);
}

/** True if a template reads the body. */
export function readsBody({ parts }: Template): boolean {
  return parts.some(({ kind }) => kind === "body");
}
