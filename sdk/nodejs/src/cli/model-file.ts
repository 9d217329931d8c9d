import { isNode, LineCounter, parseDocument } from "yaml";
import type { Diagnostic, Subject } from "../diagnostics/diagnostic.js";
import { Findings } from "../diagnostics/report.js";
import { withoutPlaceholders } from "../model/deferred.js";
import { describeValue } from "../model/from-zod.js";
import { emptyModel, type Kind, type Model, type ModelOf, parseResource } from "../model/model.js";
import { parseJson } from "./parse-json.js";
import { parsePlainYaml } from "./parse-plain-yaml.js";

/** What a model file says: the resources that could be understood, and the findings about the others. */
export interface ModelFile {
  readonly model: Model;
  readonly diagnostics: Diagnostic[];
}

/** The top-level keys of a model file: for each kind a map of its resources by name. */
export const SECTIONS = {
  fleets: "Fleet",
  virtualGateways: "VirtualGateway",
  virtualDestinations: "VirtualDestination",
  externalServices: "ExternalService",
  trimProxyConfigPolicies: "TrimProxyConfigPolicy",
  routeTables: "RouteTable",
  workspaces: "Workspace",
  workspaceSettings: "WorkspaceSettings",
  accessPolicies: "AccessPolicy",
  activeHealthCheckPolicies: "ActiveHealthCheckPolicy",
  clientTlsPolicies: "ClientTLSPolicy",
  accessLogPolicies: "AccessLogPolicy",
  connectionPolicies: "ConnectionPolicy",
  corsPolicies: "CORSPolicy",
  csrfPolicies: "CSRFPolicy",
  extAuthPolicies: "ExtAuthPolicy",
  dlpPolicies: "DLPPolicy",
  failoverPolicies: "FailoverPolicy",
  faultInjectionPolicies: "FaultInjectionPolicy",
  headerManipulationPolicies: "HeaderManipulationPolicy",
  httpBufferPolicies: "HTTPBufferPolicy",
  jwtPolicies: "JWTPolicy",
  listenerConnectionPolicies: "ListenerConnectionPolicy",
  loadBalancerPolicies: "LoadBalancerPolicy",
  mirrorPolicies: "MirrorPolicy",
  outlierDetectionPolicies: "OutlierDetectionPolicy",
  proxyProtocolPolicies: "ProxyProtocolPolicy",
  rateLimitPolicies: "RateLimitPolicy",
  retryTimeoutPolicies: "RetryTimeoutPolicy",
  transformationPolicies: "TransformationPolicy",
  wafPolicies: "WAFPolicy",
} as const satisfies Readonly<Record<string, Kind>>;

/** How often aliases may repeat their anchors, and how many values a file may hold once they have. */
const MOST_ALIASES = 10_000;
const MOST_VALUES = 5_000_000;

const MOST_PROBLEMS = 5;

/**
 * Reads a model file: YAML or JSON, the arguments of the resources by kind and name, with plain names as references.
 *
 * A cluster may carry `context` and `kubeconfig` as in a program; both are ignored, because credentials are not part of a model.
 */
export function readModelFile(text: string, file: string): ModelFile {
  const subject: Subject = { kind: "Model", name: file };
  const findings = new Findings();
  const model = emptyModel();
  const content = parseText(text, file, subject, findings);
  if (content === UNREADABLE) return { model, diagnostics: findings.sorted() };

  for (const [key, section] of entriesOf(content, subject, [], findings)) {
    if (!isSection(key)) {
      findings.add("MW0101", subject, [key], { field: key, known: Object.keys(SECTIONS) });
      continue;
    }
    const kind = SECTIONS[key];
    // an empty section is one without resources
    if (section === null) continue;
    for (const [name, args] of entriesOf(section, subject, [key], findings)) {
      const own = kind === "Fleet" ? withoutCredentials(args, { kind, name }, findings) : args;
      const value = parseResource(kind, name, own, findings);
      if (value !== undefined) (model[kind] as Map<string, ModelOf[Kind]>).set(name, value);
    }
  }
  return { model, diagnostics: findings.sorted() };
}

const UNREADABLE = Symbol("unreadable");

/** The content of a text; where it has none that can be read, findings say why. */
function parseText(text: string, file: string, subject: Subject, findings: Findings): unknown {
  const unreadable = (reason: string): typeof UNREADABLE => {
    findings.add("MW0903", subject, [], { file, reason });
    return UNREADABLE;
  };
  try {
    const quick = parseJson(text) ?? parsePlainYaml(text);
    if (quick !== undefined) return isHarmless(text) ? quick.value : plainValue(quick.value);
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true, logLevel: "error" });
    // a warning is about something that would be read in another way than it was written, such as an unknown tag
    const problems = [...document.errors, ...document.warnings];
    const told = new Set<number>();
    for (const { message, pos, code } of problems) {
      const { line, col } = lines.linePos(pos[0]);
      // what follows on the same line, or further down, is mostly the same mistake again
      if (told.has(line) || told.size === MOST_PROBLEMS) continue;
      told.add(line);
      const reason = code === "MULTIPLE_DOCS" ? "a second document begins, expected one in a file" : sentence(message);
      unreadable(`line ${line}, column ${col}: ${reason}`);
    }
    if (problems.length > 0) return UNREADABLE;
    if (!isNode(document.contents)) return unreadable("it is empty");
    return plainValue(document.toJS({ maxAliasCount: MOST_ALIASES }));
  } catch (error) {
    return unreadable(error instanceof Error ? sentence(error.message) : String(error));
  }
}

function sentence(message: string): string {
  const line = message.split("\n")[0] ?? "";
  return (/^[A-Z][a-z]/.test(line) ? line.charAt(0).toLowerCase() + line.slice(1) : line).replace(/\.$/, "");
}

/** Whether a text without aliases can hold neither too many values nor a character that Meshway uses itself, written as it is or escaped. */
function isHarmless(text: string): boolean {
  return text.length < MOST_VALUES && !/\\[uU]/.test(text) && withoutPlaceholders(text) === text;
}

/** The value of a document with aliases written out and without characters that Meshway uses itself. */
function plainValue(value: unknown): unknown {
  let values = 0;
  const copy = (item: unknown, around: readonly object[]): unknown => {
    values += 1;
    if (values > MOST_VALUES)
      throw new Error(`it holds more than ${MOST_VALUES} values once its aliases are written out`);
    if (typeof item === "string") return withoutPlaceholders(item);
    if (typeof item !== "object" || item === null) return item;
    if (around.includes(item)) throw new Error("an alias stands inside its own anchor");
    const inside = [...around, item];
    if (Array.isArray(item)) return item.map((each) => copy(each, inside));
    return Object.fromEntries(
      Object.entries(item).map(([key, each]) => [withoutPlaceholders(key), copy(each, inside)]),
    );
  };
  return copy(value, []);
}

/** The entries of a value that must be a map. */
function entriesOf(value: unknown, subject: Subject, path: readonly string[], findings: Findings): [string, unknown][] {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return Object.entries(value);
  const expected = path.length === 0 ? "an object with the resources by kind" : "an object with the resources by name";
  findings.add("MW0102", subject, path, { expected, found: describeValue(value) });
  return [];
}

function isSection(key: string): key is keyof typeof SECTIONS {
  return Object.hasOwn(SECTIONS, key);
}

/** A fleet's arguments without the ways to reach its clusters. */
function withoutCredentials(args: unknown, subject: Subject, findings: Findings): unknown {
  if (typeof args !== "object" || args === null || !("clusters" in args) || !Array.isArray(args.clusters)) return args;
  const clusters = args.clusters.map((cluster: unknown, index) => {
    if (typeof cluster !== "object" || cluster === null || Array.isArray(cluster)) return cluster;
    const { context, kubeconfig, ...rest } = cluster as Readonly<Record<string, unknown>>;
    for (const [field, value] of Object.entries({ context, kubeconfig })) {
      if (value === undefined || typeof value === "string") continue;
      findings.add("MW0102", subject, ["clusters", index, field], {
        expected: "a string",
        found: describeValue(value),
      });
    }
    return rest;
  });
  return { ...args, clusters };
}
