/** The lab's istioctl: Istio's own validation and analysis, without a cluster. */
import { spawnSync } from "node:child_process";

export interface Said {
  readonly code: number | null;
  /** Standard output. */
  readonly out: string;
  /** Standard output and standard error. */
  readonly text: string;
}

/** Returns a function that runs istioctl, after building it if the machine lacks it. */
export async function findIstioctl(): Promise<(...args: readonly string[]) => Said> {
  const { ensureIstioctl } = await import("../../lab/parts/ensure.js");
  const istioctl = await ensureIstioctl();
  return (...args) => {
    const { status, stdout, stderr, error } = spawnSync(istioctl, args, {
      encoding: "utf8",
      maxBuffer: 256 * 1024 * 1024,
      env: { ...process.env, KUBECONFIG: "/nowhere" },
    });
    if (error) throw error;
    return { code: status, out: stdout, text: `${stdout}${stderr}` };
  };
}
