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
    this.diagnostics = diagnostics;
  }
}
