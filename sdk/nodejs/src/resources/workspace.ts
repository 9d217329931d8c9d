import * as pulumi from "@pulumi/pulumi";
import type { ResourceRef } from "../args/reference.js";
import type { WorkspaceArgs } from "../args/workspace.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";
import { noteWorkspace } from "./shared-clusters.js";

/**
 * A team, defined by the namespaces that it owns.
 *
 * Renders nothing on its own. Resources name it as their `workspace`; then they must be in its namespaces, and routes
 * of other teams can use them only as `WorkspaceSettings` allow. Resources that don't name it must not touch its
 * namespaces, no matter which is declared first. A preview checks the program; it enforces nothing in a cluster. Raises
 * MW01xx for malformed arguments, MW0501 for unknown clusters, MW0606 for a namespace of another workspace, MW0644 for
 * a second fleet that shares clusters with this one's, and MW0630 to MW0635 for resources declared earlier that touch
 * its namespaces. Follows `Workspace` of Gloo Platform v2.
 */
export class Workspace extends pulumi.ComponentResource {
  /** Plain descriptor of the workspace, for other stacks and languages. */
  public readonly ref: pulumi.Output<ResourceRef>;

  constructor(name: string, args: WorkspaceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("meshway:index:Workspace", name, {}, opts);
    const found = noteWorkspace(name, args);
    this.ref = assemble({ resource: this, kind: "Workspace", name, args, found });
    this.registerOutputs(outputsOf(this));
  }
}
