import * as pulumi from "@pulumi/pulumi";
import type { ComponentProviderOptions } from "@pulumi/pulumi/provider/experimental/provider";
import * as meshway from "meshway";

type Component = ComponentProviderOptions["components"][number];

/** Meshway's components: all component classes of the package. */
export const components: Component[] = Object.values<unknown>(meshway).filter(isComponent);

function isComponent(value: unknown): value is Component {
  return typeof value === "function" && value.prototype instanceof pulumi.ComponentResource;
}
