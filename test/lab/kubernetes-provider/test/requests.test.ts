import assert from "node:assert/strict";
import http from "node:http";
import type { AddressInfo } from "node:net";
import provider from "@pulumi/pulumi/proto/provider_pb";
import { ClusterUnreachableError } from "../src/api-error";
import { Cluster } from "../src/cluster";
import { remove } from "../src/delete";
import type { JsonObject } from "../src/json";
import { toStruct } from "../src/property-values";
import { Settings } from "../src/settings";

const ENTRY = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "entry", namespace: "default" } };
const KINDS = { resources: [{ name: "configmaps", kind: "ConfigMap", namespaced: true }] };

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly body: string;
}

type Answer = (seen: Seen, response: http.ServerResponse) => void;

/** The stand-in's requests, from the API server's point of view. */
describe("requests", () => {
  let server: http.Server;
  let seen: Seen[] = [];
  let answer: Answer;

  before(async () => {
    server = http.createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      if (request.url === "/api/v1") return void response.end(JSON.stringify(KINDS));
      const one = { method: request.method ?? "", url: request.url ?? "", body: Buffer.concat(chunks).toString() };
      seen.push(one);
      answer(one, response);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });

  beforeEach(() => {
    seen = [];
  });

  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  function cluster(): Cluster {
    const access = { server: address(), namespace: "", tls: { rejectUnauthorized: true }, authorization: () => "" };
    return new Cluster(access, new AbortController().signal);
  }

  function settings(): Settings {
    const kubeconfig = {
      "current-context": "east",
      clusters: [{ name: "east", cluster: { server: address() } }],
      contexts: [{ name: "east", context: { cluster: "east" } }],
    };
    return new Settings(new Map([["kubeconfig", JSON.stringify(kubeconfig)]]), new AbortController().signal);
  }

  function sendStatus(response: http.ServerResponse, code: number, status: JsonObject = {}): void {
    response.writeHead(code).end(JSON.stringify({ kind: "Status", ...status }));
  }

  it("that create are not repeated when the connection is lost: they may have succeeded", async () => {
    answer = (_, response) => response.destroy();
    await assert.rejects(cluster().create(ENTRY, { dryRun: false }), ClusterUnreachableError);
    assert.deepEqual(
      seen.map(({ method }) => method),
      ["POST"],
    );
  });

  it("that create are not repeated after an error midway, but after a server that is too busy", async () => {
    answer = (_, response) => sendStatus(response, 500, { message: "broken" });
    await assert.rejects(cluster().create(ENTRY, { dryRun: false }), /broken/);
    assert.equal(seen.length, 1);
    answer = (_, response) => (seen.length < 3 ? sendStatus(response, 429) : response.end(JSON.stringify(ENTRY)));
    assert.deepEqual(await cluster().create(ENTRY, { dryRun: false }), ENTRY);
    assert.match(seen[0]?.url ?? "", /fieldManager=pulumi-kubernetes&/);
  });

  it("that read are repeated", async () => {
    answer = (_, response) => (seen.length < 2 ? response.destroy() : response.end(JSON.stringify(ENTRY)));
    assert.deepEqual(await cluster().get(ENTRY), ENTRY);
  });

  it("that delete go by name, without preconditions, in the foreground unless the program says otherwise", async () => {
    answer = (_, response) => sendStatus(response, 200);
    await deleteWith(ENTRY, {});
    await deleteWith(withPolicy("background"), {});
    await deleteWith(withPolicy("orphan"), {});
    // The live object's annotation may be another manager's.
    await deleteWith(ENTRY, withPolicy("background"));
    assert.deepEqual(
      seen.map(({ body }) => JSON.parse(body).propagationPolicy),
      ["Foreground", "Background", "Orphan", "Foreground"],
    );
    for (const { method, url, body } of seen) {
      assert.equal(`${method} ${url}`, "DELETE /api/v1/namespaces/default/configmaps/entry");
      assert.equal(JSON.parse(body).preconditions, undefined);
    }
  });

  function withPolicy(policy: string): JsonObject {
    const annotations = { "pulumi.com/deletionPropagationPolicy": policy };
    return { ...ENTRY, metadata: { ...ENTRY.metadata, annotations } };
  }

  async function deleteWith(inputs: JsonObject, live: JsonObject): Promise<void> {
    const properties = toStruct({ ...ENTRY, ...live, __inputs: inputs });
    const request = new provider.DeleteRequest().setId("default/entry").setProperties(properties);
    await remove(request, settings(), new AbortController().signal);
  }
});
