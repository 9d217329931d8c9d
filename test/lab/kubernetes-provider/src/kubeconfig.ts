import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseDocument } from "yaml";
import { isObject, type Json, type JsonObject, objectAt, stringAt } from "./json";

/** Everything that a client needs to connect to one cluster. */
export interface ClusterAccess {
  readonly server: string;
  /** Namespace of the context, "" if it has none. */
  readonly namespace: string;
  readonly tls: {
    readonly ca?: string | Buffer;
    readonly cert?: string | Buffer;
    readonly key?: string | Buffer;
    readonly servername?: string;
    readonly rejectUnauthorized: boolean;
  };
  /** Returns the Authorization header; a token file is read each time, because it is rotated. */
  authorization(): string | undefined;
}

export interface ClusterChoice {
  /** Text (YAML or JSON) or path; "" for $KUBECONFIG, then ~/.kube/config. */
  readonly kubeconfig: string;
  readonly context: string;
  readonly cluster: string;
}

/** An unusable kubeconfig; the message never quotes its text, which contains credentials. */
export class KubeconfigError extends Error {}

interface Loaded {
  /** Its name in messages: the path, or "kubeconfig text". */
  readonly origin: string;
  readonly folder: string;
  readonly config: JsonObject;
}

/** Reads the settings of the chosen context. */
export function readClusterAccess(choice: ClusterChoice): ClusterAccess {
  const loaded = loadKubeconfig(choice.kubeconfig);
  const contextName = choice.context || stringAt(loaded.config, "current-context");
  if (contextName === "" && choice.cluster === "")
    throw new KubeconfigError(`${loaded.origin} has no current-context, and no context is set`);
  const context = contextName === "" ? {} : named(loaded, "contexts", contextName, "context");
  const clusterName = choice.cluster || stringAt(context, "cluster");
  const cluster = named(loaded, "clusters", clusterName, "cluster");
  const userName = stringAt(context, "user");
  const user = userName === "" ? {} : named(loaded, "users", userName, "user");
  const server = stringAt(cluster, "server");
  if (!URL.canParse(server))
    throw new KubeconfigError(`cluster "${clusterName}" in ${loaded.origin} has no server URL`);
  for (const feature of ["proxy-url"]) rejectUnsupported(loaded, cluster, feature);
  for (const feature of ["exec", "auth-provider"]) rejectUnsupported(loaded, user, feature);
  return {
    server: server.replace(/\/+$/, ""),
    namespace: stringAt(context, "namespace"),
    tls: {
      ca: dataOrFile(loaded, cluster, "certificate-authority"),
      cert: dataOrFile(loaded, user, "client-certificate"),
      key: dataOrFile(loaded, user, "client-key"),
      servername: stringAt(cluster, "tls-server-name") || undefined,
      rejectUnauthorized: cluster["insecure-skip-tls-verify"] !== true,
    },
    authorization: () => authorization(loaded, user),
  };
}

/** Returns the active cluster's entry, or undefined: a provider whose cluster changed must replace its resources. */
export function activeCluster(choice: ClusterChoice): JsonObject | undefined {
  try {
    const loaded = loadKubeconfig(choice.kubeconfig);
    const context = named(loaded, "contexts", choice.context || stringAt(loaded.config, "current-context"), "context");
    return named(loaded, "clusters", choice.cluster || stringAt(context, "cluster"), "cluster");
  } catch (error) {
    if (error instanceof KubeconfigError) return undefined;
    throw error;
  }
}

function rejectUnsupported(loaded: Loaded, entry: JsonObject, feature: string): void {
  if (entry[feature] !== undefined)
    throw new KubeconfigError(
      `${loaded.origin} uses \`${feature}\`, which this stand-in doesn't do: use a token or a client certificate`,
    );
}

function loadKubeconfig(textOrPath: string): Loaded {
  if (textOrPath === "") return loadDefault();
  const file = textOrPath.replace(/^~(?=$|\/)/, os.homedir());
  if (isFile(file)) return loadFile(file);
  if (/^[^\s:{]+$/.test(textOrPath)) throw new KubeconfigError(`kubeconfig file "${textOrPath}" doesn't exist`);
  return { origin: "the kubeconfig text", folder: process.cwd(), config: parse(textOrPath, "the kubeconfig text") };
}

function isFile(file: string): boolean {
  try {
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

function loadDefault(): Loaded {
  const listed = (process.env.KUBECONFIG ?? "").split(path.delimiter).filter((file) => file !== "");
  const files = listed.length > 0 ? listed : [path.join(os.homedir(), ".kube", "config")];
  const [first, ...rest] = files.filter(isFile).map(loadFile);
  if (first === undefined) throw new KubeconfigError(`no kubeconfig: ${files.join(", ")} doesn't exist`);
  // Several files are merged; the first one with a name wins.
  const merged: JsonObject = { ...first.config };
  for (const { config } of rest) {
    for (const list of ["contexts", "clusters", "users"])
      merged[list] = [...entries(merged[list]), ...entries(config[list])];
    merged["current-context"] ||= config["current-context"] ?? "";
  }
  return { ...first, origin: `kubeconfig ${files.join(", ")}`, config: merged };
}

function loadFile(file: string): Loaded {
  const origin = `kubeconfig ${file}`;
  try {
    return { origin, folder: path.dirname(path.resolve(file)), config: parse(fs.readFileSync(file, "utf8"), origin) };
  } catch (error) {
    if (error instanceof KubeconfigError) throw error;
    throw new KubeconfigError(`${origin} can't be read: ${(error as NodeJS.ErrnoException).code}`);
  }
}

function parse(text: string, origin: string): JsonObject {
  const document = parseDocument(text, { prettyErrors: false });
  const problem = document.errors[0];
  if (problem !== undefined) throw new KubeconfigError(`${origin} is neither YAML nor JSON (${problem.code})`);
  const config: Json = document.toJS();
  if (!isObject(config)) throw new KubeconfigError(`${origin} is not a kubeconfig: it isn't a mapping`);
  return config;
}

function entries(list: Json | undefined): Json[] {
  return Array.isArray(list) ? list : [];
}

function named(loaded: Loaded, list: string, name: string, noun: string): JsonObject {
  const all = entries(loaded.config[list]);
  const found = all.find((entry) => stringAt(entry, "name") === name);
  if (found !== undefined) return objectAt(found, noun);
  const names = all.map((entry) => `"${stringAt(entry, "name")}"`).join(", ") || "none";
  throw new KubeconfigError(`${loaded.origin} has no ${noun} "${name}" (it has: ${names})`);
}

function dataOrFile(loaded: Loaded, entry: JsonObject, key: string): string | Buffer | undefined {
  const data = stringAt(entry, `${key}-data`);
  if (data !== "") return Buffer.from(data, "base64");
  const file = stringAt(entry, key);
  return file === "" ? undefined : readReferenced(loaded, file, key);
}

function readReferenced(loaded: Loaded, file: string, key: string): string {
  const resolved = path.resolve(loaded.folder, file);
  try {
    return fs.readFileSync(resolved, "utf8");
  } catch (error) {
    throw new KubeconfigError(
      `${loaded.origin}: \`${key}\` ${resolved} can't be read: ${(error as NodeJS.ErrnoException).code}`,
    );
  }
}

function authorization(loaded: Loaded, user: JsonObject): string | undefined {
  const file = stringAt(user, "tokenFile");
  const token = file === "" ? stringAt(user, "token") : readReferenced(loaded, file, "tokenFile").trim();
  if (token !== "") return `Bearer ${token}`;
  const name = stringAt(user, "username");
  if (name === "") return undefined;
  return `Basic ${Buffer.from(`${name}:${stringAt(user, "password")}`).toString("base64")}`;
}
