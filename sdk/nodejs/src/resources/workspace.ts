import * as pulumi from "@pulumi/pulumi";
import type { ResourceRef } from "../args/reference.js";
import type { WorkspaceArgs } from "../args/workspace.js";
import { assemble } from "./assemble.js";
import { outputsOf } from "./outputs.js";
import { noteWorkspace } from "./shared-clusters.js";

/**
 * A team, by the namespaces that it owns.
 *
 * It renders nothing by itself. Resources name it as their `workspace`; then they must lie in its namespaces, and routes of other teams may use
 * them only as `WorkspaceSettings` say. What does not name it may not touch its namespaces, whether it is declared before it or after it. A
 * preview checks what it is told; it enforces nothing in a cluster. Raises MW01xx for malformed arguments, MW0501 for unknown clusters, MW0606
 * for a namespace of another workspace, MW0644 for a second fleet with clusters of this one, and MW0630 to MW0635
 * about resources that touched its namespaces before. Follows `Workspace` of Gloo Platform v2.
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
