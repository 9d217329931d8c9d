import assert from "node:assert/strict";
import { isNotFound } from "../src/api-error";
import type { Cluster } from "../src/cluster";
import { isObject, type JsonObject, objectAt, stringAt } from "../src/json";
import type { Answer, PulumiProject } from "./pulumi-project";

interface Declared extends JsonObject {
  readonly urn: string;
}

/** A stack of test/objects-program.cjs, and its object in the cluster. */
export class ObjectStack {
  constructor(
    readonly project: PulumiProject,
    readonly cluster: Cluster,
    public settings: JsonObject,
    readonly name: string,
  ) {}

  /** A ServiceEntry, with that host. */
  entry(host: string, more: JsonObject = {}): Declared {
    const metadata = { name: this.name, namespace: "default" };
    const spec = { hosts: [host], resolution: "DNS" };
    return { urn: "entry", apiVersion: "networking.istio.io/v1", kind: "ServiceEntry", metadata, spec, ...more };
  }

  async run(args: string[], objects: Declared[], more: Record<string, string> = {}): Promise<Answer> {
    return this.project.run(args, { ...more, PROGRAM: JSON.stringify({ provider: this.settings, objects }) });
  }

  async succeed(args: string[], objects: Declared[], more?: Record<string, string>): Promise<string> {
    const { code, text } = await this.run(args, objects, more);
    assert.equal(code, 0, text);
    return text;
  }

  async refuse(args: string[], objects: Declared[], expected: RegExp): Promise<string> {
    const { code, text } = await this.run(args, objects);
    assert.notEqual(code, 0, text);
    assert.match(text, expected);
    return text;
  }

  async live(): Promise<JsonObject | undefined> {
    try {
      return await this.cluster.get(this.entry(""));
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  async host(): Promise<unknown> {
    return objectAt(await this.live(), "spec").hosts;
  }

  async uid(): Promise<string> {
    return stringAt(objectAt(await this.live(), "metadata"), "uid");
  }

  /** Each manager of the object, with how it wrote. */
  async managers(): Promise<string[]> {
    const { managedFields } = objectAt(await this.live(), "metadata");
    const entries = Array.isArray(managedFields) ? managedFields.filter(isObject) : [];
    return entries.map(({ manager, operation }) => `${manager} ${operation}`).sort();
  }

  /** As `kubectl edit` writes. */
  async edit(host: string): Promise<void> {
    await this.patch("kubectl-edit", { spec: { hosts: [host] } });
  }

  async patch(fieldManager: string, body: JsonObject): Promise<void> {
    const address = `/apis/networking.istio.io/v1/namespaces/default/serviceentries/${this.name}`;
    const contentType = "application/merge-patch+json";
    await this.cluster.client.send({ method: "PATCH", path: address, query: { fieldManager }, body, contentType });
  }

  async apply(manager: string, host: string): Promise<void> {
    const { urn: _, ...object } = this.entry(host);
    await this.cluster.apply(object, { fieldManager: manager, dryRun: false, force: true });
  }

  async remove(): Promise<void> {
    await this.cluster.delete(this.entry(""), "Background");
  }

  /** What the state says of a resource. */
  async state(urn: string): Promise<JsonObject | undefined> {
    const { text } = await this.project.run(["stack", "export"]);
    const { deployment } = JSON.parse(text) as { deployment: { resources?: JsonObject[] } };
    return deployment.resources?.find((resource) => stringAt(resource, "urn").endsWith(`::${urn}`));
  }
}
