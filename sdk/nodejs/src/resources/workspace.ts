import * as pulumi from "@pulumi/pulumi";
import type { ResourceRef } from "../args/reference.js";
import type { WorkspaceArgs } from "../args/workspace.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * A team, by the namespaces that it owns.
 *
 * It renders nothing by itself. Resources name it as their `workspace`; then they must lie in its namespaces, and routes of other teams may use
 * them only as `WorkspaceSettings` say. Raises MW01xx for malformed arguments, MW0501 for unknown clusters, and MW0606 for a namespace of
 * another workspace. Follows `Workspace` of Gloo Platform v2.
 */
export class Workspace extends pulumi.ComponentResource {
  /** Plain descriptor of the workspace, for other stacks and languages. */
  public readonly ref: pulumi.Output<ResourceRef>;

  constructor(name: string, args: WorkspaceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("meshway:index:Workspace", name, {}, opts);
    this.ref = assemble({ resource: this, kind: "Workspace", name, args });
    this.registerOutputs(outputsOf(this));
  }
}
