import { readFileSync } from "node:fs";
import { join } from "node:path";
import type * as pulumi from "@pulumi/pulumi";
import { type ConstructResult, main } from "@pulumi/pulumi/provider";
import { ComponentProvider, type ComponentProviderOptions } from "@pulumi/pulumi/provider/experimental/provider";
import { settleShape } from "./settle-shape";

/** Pulumi's component host, with plain argument shapes and a fast start: it does not analyze the sources. */
export class MeshwayProvider extends ComponentProvider {
  /** Returns the committed schema; a test keeps it up to date. */
  override async getSchema(): Promise<string> {
    return readFileSync(join(__dirname, "schema.json"), "utf8");
  }

  /** Extracts the schema from the sources. */
  async extractSchema(): Promise<string> {
    const schema = await super.getSchema();
    return (
      schema
        // the analyzer takes the provider for one of its package's resources
        .replaceAll('schema.json#/resources/kubernetes"', 'schema.json#/provider"')
        // the generated SDKs append `Args` to argument types again
        .replaceAll(/(meshway:index:\w+?)Args"/g, '$1"')
    );
  }

  override async construct(
    name: string,
    type: string,
    inputs: pulumi.Inputs,
    options: pulumi.ComponentResourceOptions,
  ): Promise<ConstructResult> {
    const [pack, , kind] = type.split(":");
    const component = this.options.components.find((each) => each.name === kind);
    if (pack !== this.options.name || component === undefined) throw new Error(`there is no component ${type}`);
    const { value, resources } = await settleShape(inputs);
    const dependsOn = [options.dependsOn ?? [], ...resources].flat() as pulumi.Input<pulumi.Resource>[];
    const instance = new component(name, value, { ...options, dependsOn });
    // all of Meshway's components have exactly this output
    return { urn: instance.urn, state: { ref: (instance as { readonly ref?: unknown }).ref } };
  }
}

/** Serves the components over gRPC until Pulumi's engine ends the process. */
export function host(options: ComponentProviderOptions, args: string[]): Promise<void> {
  return main(new MeshwayProvider(options), args);
}
