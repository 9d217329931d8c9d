import * as pulumi from "@pulumi/pulumi";
import type { ResourceRef } from "../args/reference.js";
import type { WorkspaceSettingsArgs } from "../args/workspace-settings.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * The resources that a workspace shares with others.
 *
 * Renders nothing on its own. Resources name it as their `workspace`, instead of the `Workspace` that it is for. Raises
 * MW01xx for malformed arguments and MW0637 for a second WorkspaceSettings of a workspace; warns about imports that the
 * other side does not export (MW0605). Follows `WorkspaceSettings` of Gloo Platform v2.
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
