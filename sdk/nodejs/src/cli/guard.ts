import { isGuardObject } from "../render/admission/render.js";
import type { Part } from "./output-files.js";
import type { Printer } from "./print.js";
import type { RenderOptions } from "./render.js";
import { render } from "./render.js";

/** The guards and their files; other files of earlier renders are left alone. */
const GUARDS: Part = {
  what: "guard",
  has: isGuardObject,
  makers: ["Fleet", "Workspace", "VirtualGateway"],
  hasFile: (name) => name.startsWith("validating-admission-policy-"),
};

/** Renders the guards of a program or a model file, and returns the exit code. */
export function guard(source: string, options: RenderOptions, printer: Printer): Promise<number> {
  return render(source, options, printer, GUARDS);
}
