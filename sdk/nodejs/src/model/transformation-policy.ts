import { z } from "zod";
import { BodyAction } from "../args/transformation-policy.js";
import { isDeferred } from "./deferred.js";
import { ALL_ACTIONS, type Placed, type RoutePolicyDefinition } from "./definition.js";
import { inOrder } from "./in-order.js";
import { headerName, headerValue, regexLength } from "./match.js";
import { applyToRoutes, type NarrowedToRoutes } from "./route-selector.js";
import { atLeastOne, fields, plainText, type RefinementContext, raise, text } from "./schema.js";
import { formatSize, parseTemplate, type Side, type Template } from "./template.js";
import { MOST_HEADER_BYTES, writtenName } from "./written-headers.js";

/** Extracts part of a header: a group of an expression that must match the whole value. */
export interface Extractor {
  /** In lower case, unless deferred. */
  readonly header: string;
  readonly regex: string;
  readonly subgroup: number;
}

type Templates = Readonly<Record<string, Template>>;

/** Changes to headers and bodies. */
export interface Transformation {
  /** By name, in lower case. */
  readonly headers: Templates;
  readonly body?: { readonly json: Templates; readonly action: BodyAction };
}

/** Changes to requests and responses. */
export interface TransformationPolicy extends NarrowedToRoutes {
  /** Extractors for the request, by name; templates of both sides refer to them. */
  readonly extractors: Readonly<Record<string, Extractor>>;
  readonly request?: Transformation;
  readonly response?: Transformation;
}

type Path = (string | number)[];

const texts = z.record(z.string(), plainText());

const bodySchema = fields({ json: texts, action: z.enum(BodyAction).default(BodyAction.Merge) });

const extractorSchema: z.ZodType<Extractor> = fields({
  header: text((name, context) => headerName(name, context)),
  regex: text(regexLength),
  subgroup: z.int().min(0).max(8).default(0),
}).transform(({ header, ...rest }) => ({ ...rest, header: isDeferred(header) ? header : header.toLowerCase() }));

const extractorsSchema = z.record(z.string(), extractorSchema).superRefine((extractors, context) => {
  for (const name of Object.keys(extractors))
    if (!/^[A-Za-z0-9_-]+$/.test(name))
      raise(
        context,
        "MW0110",
        { found: name, expected: "a name of letters, digits, hyphens and underscores", example: "organization" },
        [name],
      );
});

const sideFields = { headers: texts.default({}), body: bodySchema.optional() };

type Written = z.infer<z.ZodObject<typeof sideFields>>;

export const transformationPolicySchema: z.ZodType<TransformationPolicy> = fields({
  applyToRoutes,
  request: fields({ ...sideFields, extractors: extractorsSchema.default({}) }).optional(),
  response: fields(sideFields).optional(),
}).transform(({ applyToRoutes, request, response }, context): TransformationPolicy => {
  atLeastOne({ request, response }, ["request", "response"], context);
  const extractors = inOrder(request?.extractors ?? {});
  const read = (written: Written, side: Side): Transformation =>
    readSide(written, side, Object.keys(extractors), context);
  return {
    ...(applyToRoutes && { applyToRoutes }),
    extractors,
    ...(request && { request: read(request, "request") }),
    ...(response && { response: read(response, "response") }),
  };
});

/** Envoy's format is longer than the template, and Envoy limits its size. */
function refuseLong(template: Template | undefined, context: RefinementContext, path: Path): void {
  const found = template === undefined ? 0 : formatSize(template);
  if (found > MOST_HEADER_BYTES)
    raise(context, "MW0104", { found, maximum: MOST_HEADER_BYTES, unit: "bytes in Envoy's words" }, path);
}

function readSide(
  { headers, body }: Written,
  side: Side,
  extractors: readonly string[],
  context: RefinementContext,
): Transformation {
  if (Object.keys(headers).length === 0 && body === undefined)
    raise(context, "MW0106", { found: [], allowed: ["headers", "body"], atMost: false, atLeast: true }, [side]);
  const template = (value: string, path: Path): Template => parseTemplate(value, { side, extractors }, context, path);
  const read: Record<string, Template> = {};
  for (const [name, value] of Object.entries(headers)) {
    const path = [side, "headers", name];
    writtenName(name, context, path);
    if (name.toLowerCase() === "host") raise(context, "MW0468", { header: name }, path);
    if (Object.hasOwn(read, name.toLowerCase()))
      raise(context, "MW0515", { field: name.toLowerCase(), with: name }, path);
    if (value === "") raise(context, "MW0104", { found: 0, minimum: 1, unit: "characters" }, path);
    headerValue(value, context, path);
    read[name.toLowerCase()] = template(value, path);
    refuseLong(read[name.toLowerCase()], context, path);
  }
  if (body === undefined) return { headers: inOrder(read) };
  const json = Object.entries(body.json).map(
    ([name, value]) => [name, template(value, [side, "body", "json", name])] as const,
  );
  if (json.length === 0) raise(context, "MW0104", { found: 0, minimum: 1, unit: "fields" }, [side, "body", "json"]);
  return { headers: inOrder(read), body: { json: Object.fromEntries(json), action: body.action } };
}

function patternsOf({ extractors }: Pick<TransformationPolicy, "extractors">): readonly Placed<string>[] {
  return Object.entries(extractors).map(([name, { regex: value }]) => ({
    value,
    path: ["request", "extractors", name, "regex"],
  }));
}

export const transformationPolicyKind = {
  section: "transformationPolicies",
  schema: transformationPolicySchema,
  actsOn: ALL_ACTIONS,
  patterns: patternsOf,
} as const satisfies RoutePolicyDefinition<TransformationPolicy>;
