import { existsSync, readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { parse } from "yaml";

/** The reason why a kubeconfig can't be used, and the kubeconfig as shown to the user. */
export interface KubeconfigProblem {
  readonly kubeconfig: string;
  readonly reason: string;
}

/** Returns why a cluster's kubeconfig can't be used; undefined if it can. Only reads files, contacts no cluster. */
export function kubeconfigProblem(
  kubeconfig: string | undefined,
  context: string | undefined,
): KubeconfigProblem | undefined {
  if (kubeconfig !== undefined && isText(kubeconfig)) return contextProblem([kubeconfig], context, "given as text");
  const paths = kubeconfig === undefined ? defaultPaths() : [withHome(kubeconfig)];
  const shown = paths.map(shownPath).join(", ");
  const readable = paths.filter((path) => existsSync(path));
  const first = readable[0];
  if (first === undefined) return { kubeconfig: shown, reason: "there is no such file" };
  const folder = readable.find((path) => statSync(path).isDirectory());
  if (folder !== undefined) return { kubeconfig: shown, reason: "it is a folder" };
  try {
    return contextProblem(
      readable.map((path) => readFileSync(path, "utf8")),
      context,
      shown,
    );
  } catch (error) {
    return { kubeconfig: shown, reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Longer texts are not paths, but credentials in some other form, such as base64. */
const MAX_PATH_LENGTH = 255;

function shownPath(path: string): string {
  return path.length > MAX_PATH_LENGTH ? `a text of ${path.length} characters that is no path` : `\`${path}\``;
}

/** Returns true if a kubeconfig is given as text rather than as a path. */
export function isText(kubeconfig: string): boolean {
  return kubeconfig.includes("\n") || kubeconfig.trimStart().startsWith("{");
}

/** Expands a leading `~/` of a path. */
export function withHome(path: string): string {
  return path.startsWith("~/") ? join(homedir(), path.slice(2)) : path;
}

/** Returns the default kubeconfig files. */
export function defaultPaths(): string[] {
  const named = (process.env["KUBECONFIG"] ?? "").split(delimiter).filter((path) => path !== "");
  return named.length > 0 ? named : [join(homedir(), ".kube", "config")];
}

function contextProblem(
  texts: readonly string[],
  context: string | undefined,
  shown: string,
): KubeconfigProblem | undefined {
  const configs: { contexts?: unknown; "current-context"?: unknown }[] = [];
  for (const text of texts) {
    try {
      const config: unknown = parse(text, { logLevel: "error" });
      if (typeof config !== "object" || config === null) return { kubeconfig: shown, reason: "it is not a kubeconfig" };
      configs.push(config);
    } catch {
      return { kubeconfig: shown, reason: "it is not YAML" };
    }
  }
  const names = configs.flatMap(({ contexts }) =>
    Array.isArray(contexts) ? contexts.map((each: { name?: unknown }) => String(each?.name)) : [],
  );
  if (context !== undefined) {
    return names.includes(context)
      ? undefined
      : {
          kubeconfig: shown,
          reason: `it has no context \`${context}\` (it has: ${names.sort().join(", ") || "none"})`,
        };
  }
  return configs.some((config) => config["current-context"])
    ? undefined
    : { kubeconfig: shown, reason: "it has no current context, and no `context` is given" };
}
