import * as pulumi from "@pulumi/pulumi";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { formatDiagnostics } from "../diagnostics/format.js";
import { isMocked } from "./mocked.js";

/**
 * All findings about one resource, thrown together. Pulumi prints it under the resource, without a stack trace.
 *
 * Test reports show `message`, `stack`, or what another process or thread receives of them; all contain the whole text.
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
    // again, with this name
    Error.captureStackTrace(this, RoutingError);
    const hide = (property: string, descriptor: PropertyDescriptor) =>
      Object.defineProperty(this, property, { configurable: true, ...descriptor, enumerable: false });
    // errors after a program's end are reported by their stack, and the line in Meshway that found a mistake helps only
    // its own tests
    if (!isMocked()) hide("stack", { writable: true, value: text });
    // reports show all enumerable properties of an error, and a resource leads to all others of the program
    for (const property of Object.keys(this)) hide(property, { writable: true, value: Reflect.get(this, property) });
    hide("diagnostics", { value: diagnostics });
    // Pulumi prepends "error serializing property" to the messages of errors that it passes on, and reads this just
    // before it prints the message. A setter on the message would prevent that too, but structured clones drop such a
    // message.
    const restored = () => {
      this.message = text;
      return true;
    };
    hide("hideStack", { get: restored });
  }

  /** The error as reports in other processes receive it: the text, and the findings as data. */
  toJSON(): { name: string; message: string; diagnostics: readonly Diagnostic[] } {
    return { name: this.name, message: this.#text, diagnostics: this.diagnostics };
  }
}

/**
 * Throws; in a preview, fails only at the end of the program, so that the findings about all of its resources are
 * reported.
 *
 * Throws while objects are applied, because nothing after a mistake may be applied, and in a provider's process, whose
 * caller waits for a response.
 */
export function refuse(error: RoutingError): void {
  const isProgram = pulumi.runtime.getStackResource() !== undefined;
  if (!pulumi.runtime.isDryRun() || !isProgram) throw error;
  // Pulumi reports unhandled rejections, and makes the program fail
  void Promise.reject(error);
}
