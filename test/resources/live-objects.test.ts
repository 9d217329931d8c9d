/**
 * Reads from an unreliable cluster: requests to a busy server are retried, and a failed read is never taken for an
 * empty cluster.
 */
import assert from "node:assert/strict";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { LiveObjects } from "../../sdk/nodejs/src/resources/live-objects.js";

type KubeConfig = import("@kubernetes/client-node", { with: { "resolution-mode": "import" }}).KubeConfig;

const TABLE = {
  apiVersion: "networking.istio.io/v1",
  kind: "VirtualService",
  metadata: { name: "shop--web", namespace: "gateways" },
};
const LIST = "/apis/networking.istio.io/v1/namespaces/gateways/virtualservices";
const GROUPS = { groups: [{ name: "networking.istio.io", versions: [{ version: "v1" }] }] };

interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const EMPTY: Reply = { status: 200, body: { items: [] } };
const FULL: Reply = { status: 200, body: { items: [{ metadata: { name: "shop--web", uid: "1" } }] } };

/** Looks for the table in a cluster that answers each path with these replies in turn and then repeats the last one. */
async function look(replies: Readonly<Record<string, readonly Reply[]>>) {
  const asked: string[] = [];
  const server = http.createServer((request, response) => {
    const [path = ""] = (request.url ?? "").split("?");
    const known = replies[path] ?? [{ status: 404 }];
    const times = asked.filter((each) => each === path).length;
    asked.push(path);
    const { status, body, headers = {} } = known[Math.min(times, known.length - 1)] ?? EMPTY;
    if (status === 0) request.socket.destroy();
    else response.writeHead(status, headers).end(body === undefined ? "404 page not found" : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const config = {
    getCurrentCluster: () => ({ server: `http://127.0.0.1:${port}` }),
    applyToHTTPSOptions: async () => undefined,
  };
  try {
    const live = new LiveObjects(Promise.resolve({}), async () => config as unknown as KubeConfig);
    const found = await live.find(TABLE);
    return { isThere: found?.isThere, why: await live.unanswered(TABLE), asked: asked.length };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe("a look at a cluster", () => {
  it("finds existing objects, and notices missing ones", async () => {
    assert.deepEqual(await look({ [LIST]: [FULL] }), { isThere: true, why: undefined, asked: 1 });
    assert.deepEqual(await look({ [LIST]: [EMPTY] }), { isThere: false, why: undefined, asked: 1 });
  });

  for (const status of [429, 500, 502, 503, 504, 0])
    it(`is repeated after ${status || "a lost connection"}`, async () => {
      const { isThere, asked } = await look({ [LIST]: [{ status }, { status }, FULL] });
      assert.deepEqual([isThere, asked], [true, 3]);
    });

  it("waits as long as a busy server demands", async () => {
    const start = performance.now();
    const { isThere } = await look({ [LIST]: [{ status: 429, headers: { "retry-after": "1" } }, FULL] });
    assert.equal(isThere, true);
    assert.ok(performance.now() - start >= 990);
  });

  it("gives up after six failed attempts, and says why", async () => {
    assert.deepEqual(await look({ [LIST]: [{ status: 503 }] }), { isThere: undefined, why: "status 503", asked: 6 });
  });

  for (const status of [401, 403])
    it(`is not repeated after ${status}`, async () => {
      const found = await look({ [LIST]: [{ status }] });
      assert.deepEqual(found, { isThere: undefined, why: `status ${status}`, asked: 1 });
    });

  it("takes 404 for an empty list only if the API server says that it lacks the kind", async () => {
    const group = "/apis/networking.istio.io/v1";
    const others: Reply = { status: 200, body: { resources: [{ name: "gateways" }] } };
    const served: Reply = { status: 200, body: { resources: [{ name: "virtualservices" }] } };
    const groups: Reply = { status: 200, body: GROUPS };
    const empty = { isThere: false, why: undefined };
    const unknown = { isThere: undefined, why: "status 404" };
    const cases: readonly [Readonly<Record<string, readonly Reply[]>>, object][] = [
      [{ "/apis": [{ status: 200, body: { groups: [] } }] }, empty],
      [{ "/apis": [groups], [group]: [others] }, empty],
      [{ "/apis": [groups], [group]: [served] }, unknown],
      // a proxy that knows none of the paths
      [{}, unknown],
    ];
    for (const [replies, expected] of cases) {
      const { asked: _, ...found } = await look(replies);
      assert.deepEqual(found, expected, JSON.stringify(replies));
    }
  });

  it("is skipped when the connection to the cluster is unknown", async () => {
    const live = new LiveObjects(Promise.resolve(undefined));
    assert.deepEqual([await live.find(TABLE), await live.unanswered(TABLE)], [undefined, undefined]);
  });
});
