/** Generated tables, each with one or a few edge texts, and the results of our checks and renderers for them. */
import fc from "fast-check";
import { compile, compilePlan } from "../../../sdk/nodejs/src/compile.js";
import type { Code } from "../../../sdk/nodejs/src/diagnostics/catalog.js";
import type { Diagnostic } from "../../../sdk/nodejs/src/diagnostics/diagnostic.js";
import { Findings } from "../../../sdk/nodejs/src/diagnostics/report.js";
import type { Kind } from "../../../sdk/nodejs/src/kinds/kinds.js";
import type { KubeObject } from "../../../sdk/nodejs/src/kube/object.js";
import { emptyModel, type Model } from "../../../sdk/nodejs/src/model/model.js";
import { parseResource } from "../../../sdk/nodejs/src/model/parse-resource.js";
import type { ModelOf } from "../../../sdk/nodejs/src/model/registry.js";
import type { Args, Contribution, Own, Place, Resource } from "./place.js";
import { PLACES } from "./places.js";
import { GRAMMARS, PLAIN } from "./texts.js";
import {
  AT_ONCE,
  BACKEND_HOST,
  CLUSTER,
  FIRST_OWN_PORT,
  GATEWAY_NAMESPACE,
  GATEWAY_PORT,
  PROXY_LABELS,
} from "./world.js";

/** A text at a place. */
export interface Put {
  readonly place: Place;
  readonly text: string;
}

/** The texts of one table, in different slots. */
export type Table = readonly Put[];

const put: fc.Arbitrary<Put> = fc
  .constantFrom(...PLACES)
  .chain((place) => GRAMMARS[place.grammar].map((text) => ({ place, text })));

/** Most tables have one text, which identifies the culprit; others test combinations of policies. */
const table: fc.Arbitrary<Table> = fc
  .tuple(fc.array(put, { minLength: 6, maxLength: 6 }), fc.constantFrom(1, 1, 1, 1, 1, 2, 2, 3, 6))
  .map(([puts, count]) => {
    const all = puts.slice(0, count);
    return all.filter(({ place }, index) => all.findIndex((other) => other.place.slot === place.slot) === index);
  });

/** Tables at places whose generated texts are almost never accepted. */
const RARE: readonly Table[] = PLACES.filter(({ name }) => name === "ClientTLSPolicy.simple.caCertificates").map(
  (place) => [{ place, text: "/etc/certs/ca.pem" }],
);

/** Returns this many tables, always the same for a seed. */
export function tablesOf(count: number, seed: number): readonly Table[] {
  const sampled = fc.sample(table, { numRuns: count, seed });
  return count > RARE.length ? [...sampled.slice(0, count - RARE.length), ...RARE] : sampled;
}

/** Returns the host of a table, without labels of its own. */
export function hostOf(name: string): string {
  return `${name}.example.com`;
}

/** Returns the host of a table's destination. */
export function destinationOf(name: string): string {
  return `${name}.global`;
}

/** Our findings, and the table's own objects if we accept it. */
export interface Verdict {
  readonly codes: readonly Code[];
  readonly objects: readonly KubeObject[];
}

/** Resources that all tables share. */
export const SHARED: readonly Resource[] = [
  ["Fleet", "prod", { clusters: [{ name: CLUSTER, locality: { region: "us-east-1" } }] }],
  [
    "VirtualGateway",
    "edge",
    {
      fleet: "prod",
      namespace: GATEWAY_NAMESPACE,
      workloads: { labels: PROXY_LABELS },
      listeners: [{ port: GATEWAY_PORT }],
    },
  ],
  [
    "ExternalService",
    "backend",
    {
      fleet: "prod",
      namespace: GATEWAY_NAMESPACE,
      hosts: [BACKEND_HOST],
      ports: [
        { number: 80, protocol: "HTTP" },
        { number: 443, protocol: "TLS" },
        { number: 9000, protocol: "GRPC" },
        { number: 9001, protocol: "TCP" },
      ],
      endpoints: [{ address: "203.0.113.1" }],
    },
  ],
];

/** A table and its name. */
export interface NamedTable {
  readonly name: string;
  readonly table: Table;
}

/** All names have the same length, so that none is a prefix of another. */
const NAME_LENGTH = 7;

/** Returns the name of the table with this number. */
export function nameOf(index: number): string {
  return `t${String(index).padStart(NAME_LENGTH - 1, "0")}`;
}

/** Returns the objects that all tables need. */
export function sharedObjects(): readonly KubeObject[] {
  return compile(modelOf(SHARED.map(parse))).objects.map(({ object }) => object);
}

/** Checks and renders tables, by name, in one model, since their texts don't interact. */
export function judgeByUs(tables: readonly NamedTable[]): ReadonlyMap<string, Verdict> {
  const shared = SHARED.map(parse);
  const parsed = new Map(tables.map(({ name, table }) => [name, resourcesOf(name, table).map(parse)]));
  const all = [...parsed.values()].flat();
  const codes = new Map<string, Set<Code>>();
  const found = all.flatMap(({ findings }) => findings);
  for (const { severity, subject, code } of compilePlan(modelOf([...shared, ...all]), { found }).diagnostics) {
    if (severity !== "error") continue;
    const name = subject.name.slice(0, NAME_LENGTH);
    const of = codes.get(name) ?? new Set();
    codes.set(name, of.add(code));
  }
  const accepted = tables.filter(({ name }) => !codes.has(name));
  const rendered = compile(modelOf([...shared, ...accepted.flatMap(({ name }) => parsed.get(name) ?? [])]));
  const objects = new Map<string, KubeObject[]>(accepted.map(({ name }) => [name, []]));
  // istiod runs for one cluster; the webhooks of the other clusters are identical
  for (const { cluster, object } of rendered.objects)
    if (cluster === CLUSTER) objects.get(object.metadata.name.slice(0, NAME_LENGTH))?.push(object);
  return new Map(
    tables.map(({ name }) => [name, { codes: [...(codes.get(name) ?? [])].sort(), objects: objects.get(name) ?? [] }]),
  );
}

/**
 * Returns a one-text table's objects as they would be without checks; undefined if that can't be known.
 *
 * They are rendered with a plain text, which the text then replaces: other results that renderers derive from the text
 * are lost.
 */
export function renderUnchecked(name: string, { place, text }: Put): readonly KubeObject[] | undefined {
  const before = plainObjects(place);
  const plain = PLAIN[place.grammar];
  if (before === undefined || plain === undefined) return undefined;
  const after = before
    .replaceAll(escaped(plain), () => escaped(text))
    .replaceAll(nameOf(0), name)
    .replaceAll(String(ownOf(nameOf(0)).port), String(ownOf(name).port));
  const objects = JSON.parse(after) as readonly KubeObject[];
  return objects.every(isNamed) ? objects : undefined;
}

/** Returns true if an API server would accept the object's name, which no other judge checks. */
function isNamed({ metadata: { namespace = "", name } }: KubeObject): boolean {
  return /^[-a-z0-9]{1,63}$/.test(namespace) && /^[-a-z0-9.]{1,253}$/.test(name);
}

const plainByPlace = new Map<Place, string | undefined>();

/**
 * Returns the objects of the first table with a plain text at a place, as JSON; undefined if the text is rendered
 * differently.
 */
function plainObjects(place: Place): string | undefined {
  if (plainByPlace.has(place)) return plainByPlace.get(place);
  const text = PLAIN[place.grammar];
  const name = nameOf(0);
  const objects = text === undefined ? [] : judgeByUs([{ name, table: [{ place, text }] }]).get(name)?.objects;
  const json = JSON.stringify(objects ?? []);
  const known = text !== undefined && json.includes(escaped(text)) ? json : undefined;
  plainByPlace.set(place, known);
  return known;
}

function escaped(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}

interface Parsed {
  readonly kind: Kind;
  readonly name: string;
  readonly value: ModelOf[Kind] | undefined;
  readonly findings: readonly Diagnostic[];
}

function parse([named, name, args]: Resource): Parsed {
  const kind = named as Kind;
  const findings = new Findings();
  return { kind, name, value: parseResource(kind, name, args, findings), findings: findings.all };
}

function modelOf(resources: readonly Parsed[]): Model {
  const model = emptyModel();
  for (const { kind, name, value } of resources)
    if (value !== undefined) (model[kind] as Map<string, ModelOf[Kind]>).set(name, value);
  return model;
}

/** Returns the resources of a table with its texts. */
export function resourcesOf(name: string, texts: Table): readonly Resource[] {
  const contributions = texts.map(({ place, text }): Contribution => place.put(text));
  const joined = (field: "matcher" | "table" | "destination"): Args =>
    Object.assign({}, ...contributions.map((each) => each[field]));
  const matcher = joined("matcher");
  const label = contributions.find((each) => each.label !== undefined)?.label;
  const parent = contributions.find((each) => each.parent)?.parent;
  const policies = contributions.flatMap((each) => (each.policy === undefined ? [] : [each.policy]));
  const endpoints = contributions.flatMap((each) => each.endpoints ?? []);
  const hasDestination = contributions.some((each) => each.endpoints ?? each.destination);
  const host = label === undefined ? hostOf(name) : `${label}.${hostOf(name)}`;
  const reach = { hosts: [host], virtualGateways: ["edge"] };
  const { claims, ...others } = matcher;
  const routeFor = (route: string, conditions: Args): Args => ({
    name: route,
    ...(Object.keys(conditions).length > 0 && { matchers: [conditions] }),
    ...actionOf(name, hasDestination, contributions.find((each) => each.action)?.action),
  });
  const table = {
    fleet: "prod",
    ...(parent === undefined && reach),
    // what takes requests before their claims are known
    http: [routeFor("route", matcher), ...(claims === undefined ? [] : [routeFor("rest", others)])],
    policies: policies.map(([kind]) => `${kind}/${name}`),
    ...joined("table"),
  };
  const delegate = { routeTables: [name] };
  const root = { fleet: "prod", ...reach, http: [{ name: "root", matchers: [parent], delegate }] };
  const virtualDestination = {
    fleet: "prod",
    hosts: [destinationOf(name)],
    services: [{ labels: { app: "a" }, namespace: GATEWAY_NAMESPACE }],
    ports: [{ number: 80, protocol: "HTTP" }],
    policies: endpoints.map(([kind]) => `${kind}/${name}`),
    ...joined("destination"),
  };
  return [
    ["RouteTable", name, table],
    ...(parent === undefined ? [] : [["RouteTable", `${name}-root`, root] as const]),
    ...(hasDestination ? [["VirtualDestination", name, virtualDestination] as const] : []),
    ...[...policies, ...endpoints].map(([kind, args]) => [kind, name, args] as const),
    ...contributions.flatMap(({ resources }) => resources?.(ownOf(name)) ?? []),
  ];
}

function actionOf(name: string, hasDestination: boolean, action: Args | undefined): Args {
  if (action !== undefined && !("forwardTo" in action)) return action;
  const { subset, ...forward } = (action?.["forwardTo"] ?? {}) as Args;
  const target = hasDestination ? { virtualDestination: name } : { externalService: "backend", port: 80 };
  return { forwardTo: { destinations: [{ ...target, ...(subset !== undefined && { subset }) }], ...forward } };
}

function ownOf(name: string): Own {
  return { name, port: FIRST_OWN_PORT + (Number(name.slice(1)) % AT_ONCE) };
}

/** Returns the table that owns a port, among tables that are judged together. */
export function tableOfPort(port: number, tables: readonly { readonly name: string }[]): string | undefined {
  return tables.find(({ name }) => ownOf(name).port === port)?.name;
}
