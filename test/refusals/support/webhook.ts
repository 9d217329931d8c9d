/** The refusals of istiod's webhook: `istioctl validate` runs its checks. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { KubeObject } from "../../../sdk/nodejs/src/kube/object.js";
import { asYaml } from "./as-yaml.js";

/** Returns the reasons for refused objects, by key; empty if all are accepted. */
export async function refusedByWebhook(
  istioctl: string,
  objects: readonly KubeObject[],
): Promise<ReadonlyMap<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), "meshway-webhook-"));
  try {
    const file = join(folder, "objects.yaml");
    writeFileSync(file, asYaml(objects));
    const { code, text } = await run(istioctl, ["validate", "-f", file]);
    if (code === 0) return new Map();
    const refused = new Map<string, string>();
    // warnings come first and don't belong to refusals
    for (const part of (text.split(/^Error: \d+ errors? occurred:$/m)[1] ?? "").split(/^\t\* /m).slice(1)) {
      const [, key, reason] = /^(\w+\/[\w-]+\/[\w.-]+): (.*)$/s.exec(part) ?? [];
      if (key === undefined) throw new Error(`istioctl does not say what it is about: ${part.slice(0, 300)}`);
      refused.set(key, (reason ?? "").trim().slice(0, 300));
    }
    if (refused.size === 0) throw new Error(text.slice(0, 1000));
    return refused;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Returns an object's name in istioctl's format. */
export function keyOf({ kind, metadata: { namespace, name } }: KubeObject): string {
  return `${kind}/${namespace}/${name}`;
}

function run(command: string, args: readonly string[]): Promise<{ code: number | null; text: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: { ...process.env, KUBECONFIG: "/nowhere" } });
    const chunks: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, text: Buffer.concat(chunks).toString("utf8") }));
  });
}
