import * as pulumi from "@pulumi/pulumi";
import type { ResourceRef } from "../args/reference.js";
import type { WorkspaceSettingsArgs } from "../args/workspace-settings.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";

/**
 * The resources that a workspace shares with others.
 *
 * Resources name it as their `workspace`, instead of the `Workspace` that it is for. With `serviceIsolation`, renders
 * an Istio `PeerAuthentication` and an `AuthorizationPolicy` in each namespace of the workspace; else renders nothing
 * on its own. Raises MW01xx for malformed arguments and MW0637 for a second WorkspaceSettings of a workspace;
 * warns about
 * imports that the other side does not export (MW0605), and about namespaces that are not isolated: in clusters without
 * a mesh (MW0656), in the root namespace (MW0658), or of a workspace of another stack (MW0659). Follows
 * `WorkspaceSettings` of Gloo Platform v2.
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
