/** A proxy to a cluster's API server that can be told to fail. */
import { readFileSync, writeFileSync } from "node:fs";
import https from "node:https";
import path from "node:path";
import type { Setting } from "./lab.js";

/** The fate of a request: pass it, drop its answer, or answer with a status. */
type Fate = "pass" | "swallow" | number;

export interface FaultyWay {
  /** Path of a kubeconfig that uses this proxy. */
  readonly kubeconfig: string;
  /** Sets the fate of all later requests. */
  fail(fate: (method: string, url: string) => Fate): void;
  /** Passes all requests again. */
  mend(): void;
  /** Returns the number of dropped answers; the server had handled these requests. */
  swallowed(): number;
  close(): void;
}

/** Opens a proxy to a cluster of the lab. */
export async function faultyWay({ lab }: Setting, name: string): Promise<FaultyWay> {
  const cluster = lab.clusters.find((each) => each.name === name);
  if (cluster === undefined) throw new Error(`the lab has no cluster ${name}`);
  const { server, kubeconfig } = cluster;
  const read = (file: string) => readFileSync(path.join(lab.folder, "clusters", name, "certificates", file));
  let fateOf: (method: string, url: string) => Fate = () => "pass";
  let swallowed = 0;
  const proxy = https.createServer({ cert: read("apiserver.crt"), key: read("apiserver.key") }, (request, response) => {
    const { method = "", url = "", headers } = request;
    const fate = fateOf(method, url);
    if (typeof fate === "number") {
      const status = { kind: "Status", apiVersion: "v1", status: "Failure", code: fate, message: "told to fail" };
      response.writeHead(fate, { "content-type": "application/json" }).end(JSON.stringify(status));
      return;
    }
    const options = { method, headers: { ...headers, host: new URL(server).host }, rejectUnauthorized: false };
    const passed = https.request(server + url, options, (answer) => {
      if (fate === "pass") answer.pipe(response.writeHead(answer.statusCode ?? 500, answer.headers));
      else answer.resume().on("end", () => swallowed++);
    });
    passed.on("error", () => response.destroy());
    request.pipe(passed);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const { port } = proxy.address() as { readonly port: number };
  const file = path.join(lab.folder, `faulty-${name}-${port}.yaml`);
  const text = readFileSync(kubeconfig, "utf8").replace(/server: .*/, `server: https://127.0.0.1:${port}`);
  writeFileSync(file, text, { mode: 0o600 });
  return {
    kubeconfig: file,
    fail: (fate) => {
      fateOf = fate;
    },
    mend: () => {
      fateOf = () => "pass";
    },
    swallowed: () => swallowed,
    close: () => {
      proxy.closeAllConnections();
      proxy.close();
    },
  };
}
