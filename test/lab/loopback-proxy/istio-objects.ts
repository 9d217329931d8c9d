/** Istio objects in the cluster: exactly the desired ones, and istiod's view of them. */
import { createHash } from "node:crypto";
import type { KubeConfig, KubernetesObject } from "@kubernetes/client-node";
import { PLURALS } from "../../support/istio-kinds.js";
import { applyObject, kubeRequest } from "../cluster/kube-request.js";
import { poll } from "../processes/poll.js";
import { getJson } from "./get-json.js";

export interface IstioObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: object;
}

/** Annotation with a digest of the object, to compare istiod's view of it. */
const DIGEST = "meshway.test/digest";

const AT_ONCE = 8;

interface Applied {
  readonly object: IstioObject;
  readonly digest: string;
}

export class IstioObjects {
  readonly #applied = new Map<string, Applied>();

  constructor(
    private readonly config: KubeConfig,
    private readonly debugPort: number,
  ) {}

  /** Applies new or changed objects, and deletes the previously applied ones that are no longer desired. */
  async set(wanted: readonly IstioObject[]): Promise<void> {
    const next = new Map(wanted.map((object) => [keyOf(object), { object, digest: digestOf(object) }]));
    const gone = [...this.#applied].filter(([key]) => !next.has(key));
    const changed = [...next].filter(([key, { digest }]) => this.#applied.get(key)?.digest !== digest);
    await eachOf(gone, async ([key, { object }]) => {
      await kubeRequest(this.config, { method: "DELETE", path: `${collectionOf(object)}/${object.metadata.name}` });
      this.#applied.delete(key);
    });
    await eachOf(changed, async ([key, { object, digest }]) => {
      const metadata = { ...object.metadata, annotations: { ...object.metadata.annotations, [DIGEST]: digest } };
      await applyObject(this.config, collectionOf(object), { ...object, metadata });
      this.#applied.set(key, { object, digest });
    });
  }

  /** Waits until istiod has read exactly these objects. */
  async waitForIstiod(): Promise<void> {
    const url = `http://127.0.0.1:${this.debugPort}/debug/configz`;
    const known = await poll(
      async () => {
        const configs = await getJson<readonly KubernetesObject[]>(url);
        const ours = configs.filter(({ kind = "" }) => kind in PLURALS);
        const digests = new Set(ours.map(({ metadata }) => metadata?.annotations?.[DIGEST]));
        return (
          ours.length === this.#applied.size && [...this.#applied.values()].every(({ digest }) => digests.has(digest))
        );
      },
      { timeoutMs: 60_000, everyMs: 25 },
    );
    if (!known) throw new Error("istiod did not read the applied objects within 60 s");
  }
}

function keyOf({ kind, metadata: { namespace, name } }: IstioObject): string {
  return `${kind}/${namespace}/${name}`;
}

function digestOf(object: IstioObject): string {
  return createHash("sha256").update(JSON.stringify(object)).digest("hex").slice(0, 24);
}

function collectionOf({ apiVersion, kind, metadata }: IstioObject): string {
  return `/apis/${apiVersion}/namespaces/${metadata.namespace}/${PLURALS[kind]}`;
}

async function eachOf<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
