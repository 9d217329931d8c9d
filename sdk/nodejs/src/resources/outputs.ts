import type * as pulumi from "@pulumi/pulumi";
import type { ResourceRef } from "../args/reference.js";

const notes = new WeakMap<pulumi.Resource, Promise<string | undefined>>();

/** Keeps the note of a resource's objects until its outputs are registered; undefined if not all were applied. */
export function keepNote(resource: pulumi.Resource, note: Promise<string | undefined>): void {
  notes.set(
    resource,
    note.catch(() => undefined),
  );
}

/** Returns the outputs that a resource registers: its `ref`, and for the next run the note of its objects. */
export function outputsOf(
  resource: pulumi.ComponentResource & { readonly ref: pulumi.Output<ResourceRef> },
): pulumi.Inputs {
  const applied = notes.get(resource);
  return { ref: resource.ref, ...(applied && { applied }) };
}
