import * as pulumi from "@pulumi/pulumi";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { formatDiagnostics } from "../diagnostics/format.js";

/** All findings about one resource, thrown at once. Pulumi prints it under the resource, without a stack. */
export class RoutingError extends pulumi.ResourceError {
  /** The findings, as data. */
  readonly diagnostics: readonly Diagnostic[];

  constructor(
    diagnostics: readonly Diagnostic[],
    resource: pulumi.Resource,
    redact: (text: string) => string = (text) => text,
  ) {
    super("", resource, true);
    const text = `\n${redact(formatDiagnostics(diagnostics))}\n`;
    // Pulumi puts "error serializing property" before the message of whatever it passes on
    Object.defineProperty(this, "message", { get: () => text, set: () => undefined });
    this.name = "RoutingError";
    // an error that comes after the program's end is told by its stack
    this.stack = text;
    this.diagnostics = diagnostics;
  }
}

/**
 * Throws, or lets a preview go on so that it tells the findings about all resources of a program, and fails at its end.
 *
 * Not while objects are applied: nothing that comes after a mistake may be. Nor in a provider's process, whose caller waits for an answer.
 */
export function refuse(error: RoutingError): void {
  const isProgram = pulumi.runtime.getStackResource() !== undefined;
  if (!pulumi.runtime.isDryRun() || !isProgram) throw error;
  // Pulumi tells of promises that fail and that nobody waits for, and lets the program fail
  void Promise.reject(error);
}
