import { createHash, randomBytes } from "node:crypto";
import provider from "@pulumi/pulumi/proto/provider_pb";
import { NoMatchError } from "./api-error";
import { markSecrets } from "./checkpoint";
import { builtInScope } from "./discovery";
import { groupOf } from "./force-new";
import { isObject, type JsonObject, objectAt, stringAt } from "./json";
import { annotation, annotationOf, editMetadata, isSecretObject, kindOfType, nameOf, namespaceOf } from "./kube-object";
import { fromStruct, isSecret, isUnknown, reveal, revealObject, toSecret, toStruct } from "./property-values";
import type { Settings } from "./settings";
import { UnsupportedError } from "./unsupported-error";

/** Fills in the name, if the program gives none, and the default namespace; everything else stays. */
export async function check(request: provider.CheckRequest, settings: Settings): Promise<provider.CheckResponse> {
  const news = fromStruct(request.getNews());
  const olds = revealObject(fromStruct(request.getOlds()));
  rejectUnsupported(request.getUrn(), news);
  const failures = ["apiVersion", "kind"].filter((key) => news[key] === undefined).map(missing);
  if (failures.length > 0) return new provider.CheckResponse().setInputs(request.getNews()).setFailuresList(failures);
  const named = withName(news, olds, request);
  const placed = await withNamespace(named, olds, settings);
  // Most objects are complete: returning the input saves serializing it again.
  if (placed === news && !isSecretObject(news)) return new provider.CheckResponse().setInputs(request.getNews());
  return new provider.CheckResponse().setInputs(toStruct(markSecrets(placed, placed)));
}

function missing(property: string): provider.CheckFailure {
  return new provider.CheckFailure().setProperty(property).setReason(`every Kubernetes object needs \`${property}\``);
}

/** `urn:pulumi:STACK::PROJECT::PARENT$TYPE::NAME`. */
function parseUrn(urn: string): { readonly type: string; readonly name: string } {
  const [, , types = "", ...name] = urn.split("::");
  return { type: types.slice(types.lastIndexOf("$") + 1), name: name.join("::") };
}

export function typeOf(urn: string): string {
  return parseUrn(urn).type;
}

function rejectUnsupported(urn: string, news: JsonObject): void {
  const { type } = parseUrn(urn);
  const { kind } = kindOfType(type);
  if (/^kubernetes:(helm\.sh|kustomize|yaml)[/:]/.test(type)) throw new UnsupportedError(`${type} resources`);
  if (kind.endsWith("Patch") && `${stringAt(news, "kind")}Patch` === kind)
    throw new UnsupportedError(`patch resources (${type})`);
  if (kind.endsWith("List") && Array.isArray(news.items)) throw new UnsupportedError(`list resources (${type})`);
}

/** Returns the object with a generated name, kept on later runs; as in the official plugin, an annotation marks it. */
function withName(news: JsonObject, olds: JsonObject, request: provider.CheckRequest): JsonObject {
  return editMetadata(news, (metadata) => {
    const name = metadata.name;
    if (name !== undefined && name !== null && name !== "") return metadata;
    if (metadata.generateName !== undefined)
      throw new Error("the `.metadata.generateName` field is not supported in Server-Side Apply mode");
    const isKept = annotationOf(olds, annotation.autonamed) === "true";
    const chosen = isKept ? nameOf(olds) : newName(request);
    const { annotations = {} } = metadata;
    if (isUnknown(annotations)) return { ...metadata, name: chosen };
    const extended = { ...objectOf(reveal(annotations)), [annotation.autonamed]: "true" };
    return {
      ...metadata,
      name: chosen,
      annotations: isSecret(annotations)
        ? toSecret(extended)
        : { ...objectOf(annotations), [annotation.autonamed]: "true" },
    };
  });
}

function objectOf(value: JsonObject[string]): JsonObject {
  return isObject(value) ? value : {};
}

/** Returns the engine's proposal (its `autonaming` setting), otherwise the resource's name and eight hex digits. */
function newName(request: provider.CheckRequest): string {
  const options = request.getAutonaming();
  if (options?.getMode() === provider.CheckRequest.AutonamingOptions.Mode.DISABLE)
    throw new Error("autonaming is disabled, resource requires the .metadata.name field to be set");
  if (options !== undefined && options.getProposedName() !== "") return options.getProposedName();
  const prefix = `${parseUrn(request.getUrn()).name}-`;
  const seed = request.getRandomseed_asU8();
  if (seed.length === 0) return prefix + randomBytes(4).toString("hex");
  return prefix + createHash("sha256").update(seed).update(prefix).digest("hex").slice(0, 8);
}

async function withNamespace(news: JsonObject, olds: JsonObject, settings: Settings): Promise<JsonObject> {
  const revealed = revealObject(news);
  if (!settings.isKnown || isUnknown(revealed.metadata) || namespaceOf(revealed) !== "") return news;
  if (!(await isNamespaced(revealed, olds, settings))) return news;
  return editMetadata(news, (metadata) => ({ ...metadata, namespace: settings.namespace }));
}

/** Returns the scope: known for built-in kinds and for kinds in the state; otherwise the API server is asked. */
async function isNamespaced(object: JsonObject, olds: JsonObject, settings: Settings): Promise<boolean> {
  const apiVersion = stringAt(object, "apiVersion");
  const kind = stringAt(object, "kind");
  const scope = builtInScope(groupOf(apiVersion), kind);
  if (scope !== undefined) return scope === "namespace";
  if (olds.apiVersion === apiVersion && olds.kind === kind) return objectAt(olds, "metadata").namespace !== undefined;
  try {
    return await settings.cluster.isNamespaced(apiVersion, kind);
  } catch (error) {
    // Probably a custom resource whose CRD is created in the same run; most kinds are namespaced.
    if (error instanceof NoMatchError) return true;
    throw error;
  }
}
