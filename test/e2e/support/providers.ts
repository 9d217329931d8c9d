/** Kubeconfigs as text, and programs that reach a cluster through their own provider. */
import { readFileSync } from "node:fs";
import { edit, example } from "./example.js";
import type { Setting } from "./lab.js";

/** Returns a cluster's kubeconfig as text, optionally with one more key in its cluster entry. */
export function kubeconfig({ lab }: Setting, cluster: string, more = ""): string {
  const text = readFileSync(lab.clusters.find(({ name }) => name === cluster)?.kubeconfig ?? "", "utf8");
  return text.replace(/^( *)server: .*$/m, (line, indent) => `${line}${more && `\n${indent}${more}`}`);
}

/** Returns the example with a provider of the program's own for the first cluster. */
export function withProvider(text: string, name = "own", options = ""): string {
  return edit(example(['context: "east"', "provider: own"]), [
    "// Two clusters",
    `import * as k8s from "@pulumi/kubernetes";
const own = new k8s.Provider("${name}", { kubeconfig: ${JSON.stringify(text)} }, {${options}});
// Two clusters`,
  ]);
}
