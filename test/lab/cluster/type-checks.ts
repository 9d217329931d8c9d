/** Runs Kubernetes' type checks of admission policies, as the controllers of every cluster do. */
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { ensureControllers } from "../parts/ensure.js";
import { poll } from "../processes/poll.js";
import { launch, terminate } from "../processes/process.js";
import type { Lab } from "../start-lab.js";
import { kubeRequest } from "./kube-request.js";

const POLICIES = "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies";

interface Policy {
  readonly metadata: { readonly name: string; readonly generation: number };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly typeChecking?: { readonly expressionWarnings?: readonly { fieldRef: string; warning: string }[] };
  };
}

/** Waits until all policies of a cluster are checked, and returns the warnings; throws on timeout. */
export async function typeCheckPolicies(
  lab: Lab,
  cluster: string,
): Promise<{ readonly policies: number; readonly warnings: readonly string[] }> {
  const folder = path.join(lab.folder, `controllers-${cluster}`);
  await mkdir(folder, { recursive: true });
  const kubeconfig = lab.clusters.find(({ name }) => name === cluster)?.kubeconfig ?? "";
  const controllers = await launch({
    command: await ensureControllers(() => undefined),
    args: [
      ...["kubeconfig", "authentication-kubeconfig", "authorization-kubeconfig"].map(
        (flag) => `--${flag}=${kubeconfig}`,
      ),
      "--controllers=validatingadmissionpolicy-status-controller",
      "--leader-elect=false",
      "--secure-port=0",
      `--cert-dir=${folder}`,
    ],
    marker: folder,
    logFile: path.join(folder, "controllers.log"),
    guard: lab.guard,
  });
  try {
    const config = lab.client(cluster);
    let items: readonly Policy[] = [];
    const isChecked = ({ metadata, status }: Policy) =>
      status?.observedGeneration === metadata.generation && status.typeChecking !== undefined;
    const areChecked = await poll(
      async () => {
        items = (await kubeRequest<{ items: readonly Policy[] }>(config, { method: "GET", path: POLICIES })).items;
        return items.every(isChecked);
      },
      { timeoutMs: 120_000 },
    );
    if (!areChecked) throw new Error(`policies are not checked within 120 s\n${controllers.log().slice(-2000)}`);
    const warnings = items.flatMap(({ metadata, status }) =>
      (status?.typeChecking?.expressionWarnings ?? []).map(
        ({ fieldRef, warning }) => `${metadata.name} ${fieldRef}: ${warning}`,
      ),
    );
    return { policies: items.length, warnings };
  } finally {
    await terminate(controllers);
  }
}
