import { ApiClient } from "./api-client";
import { Discovery, groupVersionPath } from "./discovery";
import { type JsonObject, objectAt, stringAt } from "./json";
import { identityOf } from "./kube-object";
import type { ClusterAccess } from "./kubeconfig";
import { CREATE_MANAGER } from "./managed-fields";

export interface WriteOptions {
  readonly fieldManager: string;
  readonly dryRun: boolean;
}

/** Reads and writes objects of one cluster; objects are plain, without secret markers. */
export class Cluster {
  readonly client: ApiClient;
  private readonly discovery: Discovery;

  constructor(access: ClusterAccess, cancelled: AbortSignal) {
    this.client = new ApiClient(access, cancelled);
    this.discovery = new Discovery(this.client);
  }

  async isNamespaced(apiVersion: string, kind: string): Promise<boolean> {
    return (await this.discovery.mappingOf(apiVersion, kind)).namespaced;
  }

  async get(object: JsonObject): Promise<JsonObject> {
    return this.client.send({ method: "GET", path: await this.pathOf(object) });
  }

  /** Creates an object; fails with AlreadyExists if it exists, whoever created it. */
  async create(object: JsonObject, options: { readonly dryRun: boolean }): Promise<JsonObject> {
    const path = await this.pathOf(object);
    return this.client.send({
      method: "POST",
      path: path.slice(0, path.lastIndexOf("/")),
      query: writeQuery({ ...options, fieldManager: CREATE_MANAGER }),
      body: object,
    });
  }

  /** Applies an object server-side. */
  async apply(object: JsonObject, options: WriteOptions & { readonly force: boolean }): Promise<JsonObject> {
    return this.client.send({
      method: "PATCH",
      path: await this.pathOf(object),
      query: { ...writeQuery(options), force: String(options.force) },
      body: object,
      contentType: "application/apply-patch+yaml",
    });
  }

  /** Replaces the whole object, unless it has changed since `live` was read. */
  async replace(object: JsonObject, live: JsonObject, options: WriteOptions): Promise<JsonObject> {
    const { resourceVersion = "" } = objectAt(live, "metadata");
    const body = { ...object, metadata: { ...objectAt(object, "metadata"), resourceVersion } };
    return this.client.send({ method: "PUT", path: await this.pathOf(object), query: writeQuery(options), body });
  }

  /** Gives up every field that a manager applied. */
  async relinquish(live: JsonObject, fieldManager: string): Promise<void> {
    await this.apply(identityOf(live), { fieldManager, dryRun: false, force: false });
  }

  async patchManagedFields(live: JsonObject, managedFields: JsonObject[]): Promise<JsonObject> {
    const metadata = objectAt(live, "metadata");
    return this.client.send({
      method: "PATCH",
      path: await this.pathOf(live),
      body: [
        { op: "replace", path: "/metadata/managedFields", value: managedFields },
        { op: "replace", path: "/metadata/resourceVersion", value: stringAt(metadata, "resourceVersion") },
      ],
      contentType: "application/json-patch+json",
    });
  }

  /** Returns the API server's response: a Status if the object is gone, the object itself while it is being deleted. */
  async delete(object: JsonObject, propagationPolicy: string): Promise<JsonObject> {
    const body = { kind: "DeleteOptions", apiVersion: "v1", propagationPolicy };
    return this.client.send({ method: "DELETE", path: await this.pathOf(object), body });
  }

  /** Makes the next use read the kinds again. */
  forgetKinds(): void {
    this.discovery.reset();
  }

  private async pathOf(object: JsonObject): Promise<string> {
    const apiVersion = stringAt(object, "apiVersion");
    const { plural, namespaced } = await this.discovery.mappingOf(apiVersion, stringAt(object, "kind"));
    const metadata = objectAt(object, "metadata");
    const scope = namespaced ? `/namespaces/${encodeURIComponent(stringAt(metadata, "namespace") || "default")}` : "";
    return `${groupVersionPath(apiVersion)}${scope}/${plural}/${encodeURIComponent(stringAt(metadata, "name"))}`;
  }
}

/** Makes unknown fields an error instead of dropping them silently. */
function writeQuery(options: WriteOptions): Record<string, string> {
  const query = { fieldManager: options.fieldManager, fieldValidation: "Strict" };
  return options.dryRun ? { ...query, dryRun: "All" } : query;
}
