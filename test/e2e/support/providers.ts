/** Kubeconfigs given as text, and programs that reach a cluster through a provider of their own. */
import { readFileSync } from "node:fs";
import { edit, example } from "./example.js";
import type { Setting } from "./lab.js";

/** The text of a cluster's kubeconfig, in which the entry of the cluster may have one more key. */
export function kubeconfig({ lab }: Setting, cluster: string, more = ""): string {
  const text = readFileSync(lab.clusters.find(({ name }) => name === cluster)?.kubeconfig ?? "", "utf8");
  return text.replace(/^( *)server: .*$/m, (line, indent) => `${line}${more && `\n${indent}${more}`}`);
}

/** The example, in which a provider of the program's leads to the first cluster. */
export function withProvider(text: string, name = "own", options = ""): string {
  return edit(example(['context: "east"', "provider: own"]), [
    "// Two clusters",
    `import * as k8s from "@pulumi/kubernetes";
const own = new k8s.Provider("${name}", { kubeconfig: ${JSON.stringify(text)} }, {${options}});
// Two clusters`,
  ]);
}
