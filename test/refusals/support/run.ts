/** Asks everybody about generated tables: our checks, istiod's webhook, and a real Envoy with what istiod makes of them. */
import type { Code } from "../../../sdk/nodejs/src/diagnostics/catalog.js";
import type { KubeObject } from "../../../sdk/nodejs/src/kube/object.js";
import { managerOf, standalone } from "./listeners.js";
import {
  destinationOf,
  hostOf,
  judgeByUs,
  type NamedTable,
  nameOf,
  renderUnchecked,
  sharedObjects,
  type Table,
} from "./tables.js";
import type { Message, Translated, Translator } from "./translator.js";
import { keyOf, refusedByWebhook } from "./webhook.js";

/** The programs that are asked. */
export interface Judges {
  readonly translator: Translator;
  readonly istioctl: string;
  readonly envoy: string;
}

/** A table that is refused by one side only. */
export interface Difference {
  readonly texts: readonly string[];
  /** Our codes where we refuse it, else why Envoy or istiod does. */
  readonly because: string;
}

/** How tables were judged. */
export interface Outcome {
  readonly accepted: number;
  readonly refused: number;
  /** The places whose texts were accepted in some table. */
  readonly places: ReadonlySet<string>;
  /** Tables that we refuse and that the others could be asked about. */
  readonly asked: number;
  readonly acceptedByUsOnly: readonly Difference[];
  /** Tables of one text that we alone refuse. */
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

/** Policies that become a part of clusters: where we refuse one, it is not tried, since a bad cluster hides all others. */
const IN_CLUSTERS = /^ActiveHealthCheckPolicy/;

/** Follows from a policy that can't be read. */
const LOST_REFERENCE: Code = "MW0107";

/** Judges tables, the first of which has this number. */
export async function judgeAll(judges: Judges, tables: readonly Table[], first: number): Promise<Outcome> {
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

/** Why tables are refused by istiod or Envoy, by name. */
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
  { envoy }: Judges,
  tables: readonly Candidate[],
  translated: Translated,
): Promise<ReadonlyMap<string, string>> {
  const { judgeListeners } = await import("../../lab/loopback-proxy/listener-judge.js");
  const reasons = new Map<string, string>();
  const byHost = new Map([...translated.virtualHosts].map(([host, each]) => [tableOfHost(host), each]));
  const listeners = new Map<string, Message>();
  for (const { name } of tables) {
    const virtualHost = byHost.get(name);
    if (virtualHost === undefined) reasons.set(name, "there are no routes of it");
    else listeners.set(name, managerOf(virtualHost, translated));
  }
  const all = [...translated.clusters].map(([name, each]) => [name, standalone(each)] as const);
  const isOwn = (cluster: string): boolean => cluster.endsWith(destinationOf(tableOfCluster(cluster)));
  const shared = new Map(all.filter(([name]) => !isOwn(name)));
  const judged = await judgeListeners({ binary: envoy, listeners, clusters: shared });
  for (const [name, reason] of judged.listeners) reasons.set(name, reason);
  const own = all.filter(([name]) => isOwn(name));
  for (const cluster of await refusedClusters(envoy, own))
    reasons.set(tableOfCluster(cluster), `it has no cluster ${cluster}`);
  return reasons;
}

/** The clusters that Envoy does not take; one that it can't read hides all others, so that they are halved until it is clear. */
async function refusedClusters(
  envoy: string,
  clusters: readonly (readonly [string, Message])[],
): Promise<readonly string[]> {
  if (clusters.length === 0) return [];
  const { judgeListeners } = await import("../../lab/loopback-proxy/listener-judge.js");
  const judged = await judgeListeners({ binary: envoy, listeners: new Map(), clusters: new Map(clusters) });
  if (judged.clusters.size < clusters.length || clusters.length === 1) return [...judged.clusters.keys()];
  const half = Math.ceil(clusters.length / 2);
  return [
    ...(await refusedClusters(envoy, clusters.slice(0, half))),
    ...(await refusedClusters(envoy, clusters.slice(half))),
  ];
}

function tableOfCluster(cluster: string): string {
  return (
    cluster
      .split("|")
      .at(-1)
      ?.replace(/\.global$/, "") ?? ""
  );
}

/** The table that a host is of, whatever labels are in front of it. */
function tableOfHost(host: string): string {
  const suffix = hostOf("");
  return host.endsWith(suffix) ? (host.slice(0, -suffix.length).split(".").at(-1) ?? "") : "";
}
