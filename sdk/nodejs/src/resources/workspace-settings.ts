import * as pulumi from "@pulumi/pulumi";
import type { ResourceRef } from "../args/reference.js";
import type { WorkspaceSettingsArgs } from "../args/workspace-settings.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * What a workspace shares with others.
 *
 * It renders nothing by itself. Resources name it as their `workspace`, in the place of the `Workspace` that it is for. Raises MW01xx for
 * malformed arguments, MW0637 for second settings of a workspace, and warns of imports that the other side does not export (MW0605). Follows `WorkspaceSettings` of Gloo Platform v2.
 */
export class WorkspaceSettings extends pulumi.ComponentResource {
  /** Plain descriptor of the settings and their workspace, for other stacks and languages. */
  public readonly ref: pulumi.Output<ResourceRef>;

  constructor(name: string, args: WorkspaceSettingsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("meshway:index:WorkspaceSettings", name, {}, opts);
    this.ref = assemble({ resource: this, kind: "WorkspaceSettings", name, args });
    this.registerOutputs(outputsOf(this));
  }
}
