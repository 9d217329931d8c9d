/** Judges generated tables: by our checks, by istiod's webhook, and by a real Envoy with istiod's configuration. */
import type { Code } from "../../../sdk/nodejs/src/diagnostics/catalog.js";
import type { KubeObject } from "../../../sdk/nodejs/src/kube/object.js";
import type { Dump, Message } from "./dump.js";
import { listenerOf } from "./listeners.js";
import { type Certificate, standaloneCluster, standaloneListener } from "./standalone.js";
import {
  hostOf,
  judgeByUs,
  type NamedTable,
  nameOf,
  renderUnchecked,
  sharedObjects,
  type Table,
  tableOfPort,
} from "./tables.js";
import type { Translated, Translator } from "./translator.js";
import { keyOf, refusedByWebhook } from "./webhook.js";
import { AT_ONCE, GATEWAY_NAMESPACE, OWN_PROXY_LABELS } from "./world.js";

/** Programs that judge tables. */
export interface Judges {
  readonly translator: Translator;
  readonly istioctl: string;
  readonly envoy: string;
  readonly certificate: Certificate;
}

/** A table that only one side refuses. */
export interface Difference {
  readonly texts: readonly string[];
  /** Our codes if we refuse it, otherwise the reason of Envoy or istiod. */
  readonly because: string;
}

/** The result of judging tables. */
export interface Outcome {
  readonly accepted: number;
  readonly refused: number;
  /** Places whose texts were accepted in some table. */
  readonly places: ReadonlySet<string>;
  /** Number of tables that we refuse and that the others could judge. */
  readonly asked: number;
  readonly acceptedByUsOnly: readonly Difference[];
  /** Tables of one text that only we refuse. */
  readonly refusedByUsOnly: readonly (Difference & {
    readonly code: Code;
    readonly place: string;
    readonly text: string;
  })[];
}

interface Candidate extends NamedTable {
  readonly codes: readonly Code[];
  readonly objects: readonly KubeObject[];
}

/** One group for istiod, the others for the other judges. */
const GROUPS_AT_A_TIME = 3;

/**
 * Refused texts of these places are skipped: they go into clusters unchanged, and one unreadable cluster hides all the
 * others.
 */
const IN_CLUSTERS = /^ActiveHealthCheckPolicy/;

/** Follows from an unreadable policy. */
const LOST_REFERENCE: Code = "MW0107";

/** Judges tables in concurrent groups: while istiod works on one, Envoy and the webhook check others. */
export async function judgeAll(judges: Judges, tables: readonly Table[]): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let first = next; first < tables.length; first = next) {
      next = first + AT_ONCE;
      outcomes.push(await judgeGroup(judges, tables.slice(first, next), first));
    }
  };
  await Promise.all(Array.from({ length: GROUPS_AT_A_TIME }, work));
  return outcomes;
}

/** Judges a group of tables; `first` is the number of its first table. */
async function judgeGroup(judges: Judges, tables: readonly Table[], first: number): Promise<Outcome> {
  const named = tables.map((table, index) => ({ name: nameOf(first + index), table }));
  const verdicts = judgeByUs(named);
  const candidates = named.flatMap(({ name, table }): Candidate[] => {
    const { codes, objects } = verdicts.get(name) ?? { codes: [], objects: [] };
    const [only] = table;
    if (codes.length === 0) return [{ name, table, codes, objects }];
    const isAlone = table.length === 1 && only !== undefined && !IN_CLUSTERS.test(only.place.name);
    const unchecked = isAlone ? renderUnchecked(name, only) : undefined;
    return unchecked === undefined ? [] : [{ name, table, codes, objects: unchecked }];
  });
  const reasons = await reasonsOf(judges, candidates);
  const accepted = candidates.filter(({ codes }) => codes.length === 0);
  const asked = candidates.filter(({ codes }) => codes.length > 0);
  return {
    accepted: accepted.length,
    refused: tables.length - accepted.length,
    places: new Set(accepted.flatMap(({ table }) => table.map(({ place }) => place.name))),
    asked: asked.length,
    acceptedByUsOnly: accepted.flatMap(({ name, table }) => {
      const because = reasons.get(name);
      return because === undefined ? [] : [{ texts: table.map(describe), because }];
    }),
    refusedByUsOnly: asked.flatMap(({ name, table: [only], codes }) =>
      reasons.has(name) || only === undefined
        ? []
        : codes
            .filter((code) => code !== LOST_REFERENCE)
            .slice(0, 1)
            .map((code) => ({
              texts: [describe(only)],
              because: codes.join(", "),
              code,
              place: only.place.name,
              text: only.text,
            })),
    ),
  };
}

function describe({ place, text }: Table[number]): string {
  const shown = JSON.stringify(text);
  return `${place.name}: ${shown.length > 200 ? `${shown.slice(0, 200)}… (${text.length} characters)` : shown}`;
}

/** Returns the reasons of istiod or Envoy for refusing tables, by name. */
async function reasonsOf(judges: Judges, candidates: readonly Candidate[]): Promise<ReadonlyMap<string, string>> {
  const reasons = new Map<string, string>();
  const byWebhook = await refusedByWebhook(
    judges.istioctl,
    candidates.flatMap(({ objects }) => objects),
  );
  for (const { name, objects } of candidates) {
    const reason = objects.map((each) => byWebhook.get(keyOf(each))).find((each) => each !== undefined);
    if (reason !== undefined) reasons.set(name, `istiod: ${reason}`);
  }
  const taken = candidates.filter(({ name }) => !reasons.has(name));
  const translated = await judges.translator.translate([
    ...sharedObjects(),
    ...taken.flatMap(({ objects }) => objects),
  ]);
  for (const [name, reason] of await refusedByEnvoy(judges, taken, translated)) reasons.set(name, `Envoy: ${reason}`);
  return reasons;
}

async function refusedByEnvoy(
  judges: Judges,
  tables: readonly Candidate[],
  translated: Translated,
): Promise<ReadonlyMap<string, string>> {
  const { judgeListeners } = await import("../../lab/loopback-proxy/listener-judge.js");
  const { edge, own, callers } = translated;
  const reasons = new Map<string, string>();
  const [byHost, byCaller] = [edge, callers].map(hostsByTable);
  const listeners = new Map<string, Message>();
  for (const { name } of tables) {
    const virtualHost = byHost?.get(name);
    const ofCallers = byCaller?.get(name);
    if (virtualHost === undefined) reasons.set(name, "there are no routes of it");
    else listeners.set(name, listenerOf(virtualHost, edge));
    if (ofCallers !== undefined) listeners.set(`${name}/callers`, listenerOf(ofCallers, callers));
  }
  const clusters = new Map<string, Message>();
  const parts = new Map<string, OwnParts>(tables.map(({ name }) => [name, { clusters: new Map() }]));
  for (const [cluster, message] of edge.clusters) {
    const table = tableOfCluster(cluster);
    const alone = standaloneCluster(message, judges.certificate);
    if (table === undefined) clusters.set(cluster, alone);
    else parts.get(table)?.clusters.set(cluster, alone);
  }
  for (const [name, message] of own.listeners) {
    const part = parts.get(tableOfPort(Number(name.split("_").at(-1)), tables) ?? "");
    if (part !== undefined) part.listener = standaloneListener(message, judges.certificate);
  }
  for (const { name, objects } of tables) {
    const lost = lostParts(objects, parts.get(name));
    if (lost !== undefined) reasons.set(name, lost);
  }
  const judged = await judgeListeners({ binary: judges.envoy, listeners, clusters });
  for (const [name, reason] of judged.listeners) reasons.set(name.slice(0, nameOf(0).length), reason);
  const inParts = [...parts].filter(([, part]) => part.clusters.size > 0 || part.listener !== undefined);
  for (const [name, reason] of await refusedParts(judges.envoy, inParts)) reasons.set(name, reason);
  return reasons;
}

function hostsByTable({ virtualHosts }: Dump): ReadonlyMap<string, Message> {
  return new Map([...virtualHosts].map(([host, each]) => [tableOfHost(host), each]));
}

/** Parts of a table besides its routes. */
interface OwnParts {
  readonly clusters: Map<string, Message>;
  listener?: Message;
}

/** Returns the parts that istiod drops silently; undefined if it drops none. */
function lostParts(objects: readonly KubeObject[], { clusters, listener }: OwnParts = { clusters: new Map() }) {
  for (const { kind, spec } of objects) {
    const labels = JSON.stringify(spec["selector"] ?? {});
    if (kind === "Gateway" && labels === JSON.stringify(OWN_PROXY_LABELS) && listener === undefined)
      return "there is no listener of its gateway";
    if (kind !== "ServiceEntry") continue;
    const { hosts, exportTo } = spec as { readonly hosts: readonly string[]; readonly exportTo?: readonly string[] };
    const isSeen = exportTo?.some((each) => ["*", ".", GATEWAY_NAMESPACE].includes(each)) !== false;
    const isHost = ([host = ""]: readonly string[]): boolean =>
      [...clusters.keys()].some((name) => name.endsWith(`||${host}`));
    if (isSeen && !isHost(hosts)) return `there is no cluster for ${hosts[0]}`;
  }
  return undefined;
}

/**
 * Returns the tables with parts that Envoy rejects; one that it can't read hides all the others, so they are bisected.
 */
async function refusedParts(
  envoy: string,
  parts: readonly (readonly [string, OwnParts])[],
): Promise<ReadonlyMap<string, string>> {
  if (parts.length === 0) return new Map();
  const { judgeListeners } = await import("../../lab/loopback-proxy/listener-judge.js");
  const clusters = new Map(parts.flatMap(([, each]) => [...each.clusters]));
  const listeners = new Map(
    parts.flatMap(([name, { listener }]) => (listener === undefined ? [] : [[name, listener] as const])),
  );
  const judged = await judgeListeners({ binary: envoy, listeners, clusters });
  const isUnread = judged.unread > 0 || (clusters.size > 0 && judged.clusters.size === clusters.size);
  if (!isUnread || parts.length === 1) {
    const lost = [...judged.clusters].map(([cluster, reason]) => [tableOfCluster(cluster) ?? "", reason] as const);
    return new Map([...judged.listeners, ...lost]);
  }
  const half = Math.ceil(parts.length / 2);
  return new Map([
    ...(await refusedParts(envoy, parts.slice(0, half))),
    ...(await refusedParts(envoy, parts.slice(half))),
  ]);
}

/** Returns the table that a cluster belongs to; undefined for shared clusters. */
function tableOfCluster(cluster: string): string | undefined {
  return new RegExp(`\\bt\\d{${nameOf(0).length - 1}}\\b`).exec(cluster)?.[0];
}

/** Returns the table that a host belongs to, whatever labels precede it. */
function tableOfHost(host: string): string {
  const suffix = hostOf("");
  return host.endsWith(suffix) ? (host.slice(0, -suffix.length).split(".").at(-1) ?? "") : "";
}
