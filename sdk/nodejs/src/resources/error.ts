import * as pulumi from "@pulumi/pulumi";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { formatDiagnostics } from "../diagnostics/format.js";
import { isMocked } from "./mocked.js";

/**
 * All findings about one resource, thrown at once. Pulumi prints it under the resource, without a stack.
 *
 * Reports of test runners show `message`, `stack`, or what another process or thread gets of the two; all hold the whole text.
 */
export class RoutingError extends pulumi.ResourceError {
  /** The findings, as data. */
  readonly diagnostics!: readonly Diagnostic[];
  readonly #text: string;

  constructor(diagnostics: readonly Diagnostic[], resource: pulumi.Resource) {
    const text = `\n${formatDiagnostics(diagnostics)}\n`;
    super(text, resource, true);
    this.#text = text;
    this.name = "RoutingError";
    // anew, with this name
    Error.captureStackTrace(this, RoutingError);
    const hide = (property: string, descriptor: PropertyDescriptor) =>
      Object.defineProperty(this, property, { configurable: true, ...descriptor, enumerable: false });
    // what comes after a program's end is told by its stack, and where in Meshway a mistake was found helps only its own tests
    if (!isMocked()) hide("stack", { writable: true, value: text });
    // reports show whatever is enumerable of an error, and a resource leads to all others of the program
    for (const property of Object.keys(this)) hide(property, { writable: true, value: Reflect.get(this, property) });
    hide("diagnostics", { value: diagnostics });
    // Pulumi puts "error serializing property" before the message of whatever it passes on, and asks this just before it prints the message.
    // A message with a setter would keep it away too, but structured clones leave such a message out.
    const restored = () => {
      this.message = text;
      return true;
    };
    hide("hideStack", { get: restored });
  }

  /** What reports of other processes get: the text, and the findings as data. */
  toJSON(): { name: string; message: string; diagnostics: readonly Diagnostic[] } {
    return { name: this.name, message: this.#text, diagnostics: this.diagnostics };
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
