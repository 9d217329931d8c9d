import { quote, visible } from "../diagnostics/words.js";
import { subsetKey } from "../model/labels.js";
import { isToken } from "../model/match.js";
import type { ConnectionTarget, Decision, Target } from "./decision.js";
import { describeListenerVerdict, describePodVerdict } from "./describe-access.js";
import { describeDecision, describeEndpoint, describeTarget, percent } from "./describe-decision.js";
import { describeDestinationPolicies, describeRanks } from "./describe-destination-policies.js";
import { describeListenerPolicies } from "./describe-listener-policies.js";
import { describeRoutePolicies } from "./describe-route-policies.js";
import { describeTls } from "./describe-tls.js";
import { describeVerdict, shownVerdicts } from "./describe-verdict.js";
import { type Caller, isConnection, type Question, type Request } from "./request.js";
import type { Simulation } from "./simulator.js";
import type { RouteVerdict } from "./trace.js";

/** Colors for parts of the text. */
export interface Paint {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

const asIs = (text: string): string => text;

/** No colors. */
export const PLAIN: Paint = { good: asIs, bad: asIs, strong: asIs, faint: asIs };

/** Describes the outcome of a request in several clusters, grouped by identical answers. */
export function describeSimulations(
  request: Question,
  simulations: readonly Simulation[],
  paint: Paint = PLAIN,
): string {
  const groups = new Map<string, Simulation[]>();
  for (const simulation of simulations) {
    const key = JSON.stringify(withoutCluster(simulation));
    groups.set(key, [...(groups.get(key) ?? []), simulation]);
  }
  const parts = [...groups.values()].map((group) => describeGroup(request, group, paint).join("\n"));
  return [paint.strong(describeQuestion(request)), ...parts].join("\n\n");
}

/** Formats a question: `GET https://shop.example.com/reviews` with its headers, or `tls://shop.example.com:443`. */
export function describeQuestion(question: Question): string {
  if (!isConnection(question)) return describeRequest(question);
  const { scheme, host = "", port, serverName } = question;
  const name = serverName === undefined ? "" : ` with server name ${visible(serverName)}`;
  return `${scheme}://${visible(host)}:${port}${name}`;
}

function describeRequest({ method = "GET", scheme, host = "", port, path, headers = [] }: Request): string {
  const at = port === undefined || /:\d+$/.test(host) ? "" : ` at port ${port}`;
  const lines = headers.map(([name, value]) => `  ${visible(name)}: ${visible(value)}`);
  // an invalid method would read as part of the sentence
  const asked = isToken(method) ? method : quote(method);
  return [`${asked} ${scheme}://${visible(host)}${visible(path)}${at}`, ...lines].join("\n");
}

/** Removes what may differ between clusters with the same answer: their names, and the paths to the endpoints. */
function withoutCluster({ decision, trace }: Simulation): unknown {
  if (!hasTargets(decision)) return { decision, trace };
  const targets = decision.targets.map(({ endpoints: _, host: __, ...target }) => target);
  return { decision: { ...decision, targets }, trace };
}

function describeGroup(request: Question, group: readonly Simulation[], paint: Paint): readonly string[] {
  const [first] = group;
  if (first === undefined) return [];
  const { decision, trace } = first;
  const facts: (readonly [string, string | undefined])[] = [
    [group.length > 1 ? "clusters" : "cluster", listed(group)],
    ["caller", trace?.sidecar && caller(trace.sidecar)],
    ["gateway", trace?.gateway && `${trace.gateway.namespace}/${trace.gateway.name}`],
    ["listener", trace?.listener && listener(trace.listener)],
    ["host", trace?.host?.chosen],
    ["path", trace?.path && `${trace.path} ${paint.faint("(normalized)")}`],
    ["table", trace?.tables.join(", ")],
  ];
  const lines = facts.flatMap(([name, value]) =>
    value === undefined || value === "" ? [] : [`  ${paint.faint(name.padEnd(9))} ${value}`],
  );
  const verdicts = describeRoutes(first, paint);
  const policies = "policies" in decision && decision.policies ? describeRoutePolicies(decision.policies) : [];
  const ending = refusalOf(request);
  const atListener = [
    ...(trace?.listener?.policies === undefined ? [] : describeListenerPolicies(trace.listener.policies)),
    ...(trace?.listener?.access ?? []).map((verdict) => describeListenerVerdict(verdict, ending)),
  ];
  const outcome = [
    ...atListener.map((line) => `  ${paint.faint(line)}`),
    ...policies.map((line) => `  ${paint.faint(line)}`),
    ...(isProceeding(decision) ? [] : [describeEnd(first, paint)]),
    ...(hasTargets(decision) ? describeTargets(request, group, paint) : []),
  ];
  return [...lines, ...(verdicts.length > 0 ? ["", ...verdicts] : []), "", ...outcome].map((line) => line.trimEnd());
}

/** Names the consequence for callers that are refused. */
function refusalOf(request: Question): string {
  return isConnection(request) ? "the connection is closed" : "403";
}

function describeEnd({ decision }: Simulation, paint: Paint): string {
  const isMeant = ["redirect", "direct", "preflight", "unrouted"].includes(decision.kind);
  return `  ${(isMeant ? paint.strong : paint.bad)(describeDecision(decision))}`;
}

function caller({ namespace, labels = {}, serviceAccount }: Caller): string {
  const of = subsetKey(labels).replaceAll(",", ", ");
  const as = serviceAccount === undefined ? "" : ` as ${serviceAccount}`;
  return `pod ${of === "" ? "" : `${of} `}in ${namespace}${as}, by its sidecar`;
}

function listed(group: readonly Simulation[]): string | undefined {
  const names = group.flatMap(({ cluster }) => cluster ?? []);
  return names.length === 0 ? undefined : names.join(", ");
}

function listener({ port, boundPort, protocol }: { port: number; boundPort: number; protocol: string }): string {
  return `${protocol} ${port}${boundPort === port ? "" : `, bound to ${boundPort}`}`;
}

/** Lists every route that was evaluated, names aligned in a column. */
function describeRoutes({ trace }: Simulation, paint: Paint): readonly string[] {
  const routes = shownVerdicts(trace?.routes ?? []);
  const isShared = (trace?.tables.length ?? 0) > 1;
  const named = routes.map((each) => (typeof each === "number" ? "" : nameOf(each, isShared)));
  const width = Math.min(32, Math.max(0, ...named.map(({ length }) => length)));
  return routes.map((each, index) => {
    if (typeof each === "number")
      return `  ${paint.faint(`… ${each} ${each === 1 ? "route" : "routes"} with other paths`)}`;
    const name = (named[index] ?? "").padEnd(width);
    if (!each.took) return `  ${paint.bad("✗")} ${name}  ${paint.faint(describeVerdict(each))}`;
    const taker = each.matchers.length > 1 ? `by matchers[${each.matchers.at(-1)?.matcher ?? 0}]` : "";
    return `  ${paint.good("✓")} ${paint.strong(name)}  ${paint.faint(taker)}`;
  });
}

/** Formats a delegated route as `shop/cart > cart-team/pay`. */
function nameOf({ table, route, through = [] }: RouteVerdict, isShared: boolean): string {
  if (through.length === 0) return isShared ? `${table}/${route}` : route;
  return [...through, { table, route }].map((each) => `${each.table}/${each.route}`).join(" > ");
}

type Proceeding = Extract<Decision, { readonly kind: "forward" | "passed" }>;

type WithTargets = Extract<Decision, { readonly targets: unknown }>;

function hasTargets(decision: Decision): decision is WithTargets {
  return isProceeding(decision) || decision.kind === "unrouted";
}

function isProceeding(decision: Decision): decision is Proceeding {
  return decision.kind === "forward" || decision.kind === "passed";
}

/** Lists the targets, and below each one every cluster's path to it. */
function describeTargets(request: Question, group: readonly Simulation[], paint: Paint): readonly string[] {
  const forwards = group.flatMap(({ cluster, decision }) => (hasTargets(decision) ? [{ cluster, decision }] : []));
  const first = forwards[0]?.decision;
  if (first === undefined) return [];
  const width = Math.max(0, ...forwards.map(({ cluster = "" }) => cluster.length));
  const isRewritten = first.kind === "forward" && !isConnection(request) && first.path !== request.path;
  const lines = isRewritten ? [`  ${paint.faint("path")} ${first.path}`] : [];
  const targets: readonly (Target | ConnectionTarget)[] = first.targets;
  const isSplit = targets.filter(({ share }) => share !== 0).length > 1;
  for (const [index, target] of targets.entries()) {
    const share = target.share === undefined ? "?" : percent(target.share);
    const host =
      !("hostHeader" in target) || target.hostHeader === request.host ? "" : paint.faint(`, Host ${target.hostHeader}`);
    const { name } = target.destination;
    lines.push(`  ${paint.good(share.padStart(4))} ${paint.strong(name)}  ${describeTarget(target)}${host}`);
    const policies = target.policies === undefined ? [] : describeDestinationPolicies(target.policies, isSplit);
    for (const line of [...policies, ...(target.tls === undefined ? [] : [describeTls(target.tls)])])
      lines.push(`       ${paint.faint(line)}`);
    if (target.access !== undefined) {
      const line = describePodVerdict(target.access, refusalOf(request));
      lines.push(`       ${(target.access.verdict === "refused" ? paint.bad : paint.faint)(line)}`);
    }
    for (const { cluster = "", decision } of forwards)
      for (const [nth, line] of reached(decision, index).entries())
        lines.push(`       ${paint.faint((nth === 0 ? `from ${cluster}` : "").padEnd(width + 5))}  ${line}`);
  }
  return lines;
}

function reached({ targets }: WithTargets, index: number): readonly string[] {
  const endpoints = targets[index]?.endpoints ?? [];
  if (endpoints.length === 0) return ["no endpoints: 503"];
  const ranks = describeRanks(endpoints);
  return endpoints.map((endpoint, nth) => `${ranks[nth] ?? ""}${describeEndpoint(endpoint)}`);
}
