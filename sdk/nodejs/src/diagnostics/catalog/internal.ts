import { entry } from "../catalog-entry.js";
import { list, quote } from "../words.js";

/** 09xx: Meshway itself and its command line. */
export const internal = {
  MW0901: entry<{ what: string }>({
    name: "internal",
    severity: "error",
    meaning: "Meshway contradicts itself: a bug.",
    message: ({ what }) => `${what}; this is a bug in Meshway`,
    help: () => "please report it with the arguments of the resource",
  }),
  MW0902: entry<{ places: readonly string[] }>({
    name: "unknown-outside-pulumi",
    severity: "error",
    meaning: "The command line can't render a value that is known only during `pulumi up`.",
    message: ({ places }) => `values at ${list(places)} are known only during \`pulumi up\`, expected plain ones`,
    help: () => "set plain values here, for example from configuration, or render a model file",
  }),
  MW0903: entry<{ file: string; reason: string }>({
    name: "unreadable-file",
    severity: "error",
    meaning: "A program or model file can't be read.",
    message: ({ file, reason }) => `${quote(file)} can't be read: ${reason}`,
    help: ({ reason }) =>
      reason.includes("--stack")
        ? "name the stack whose configuration to use: `--stack NAME`"
        : /^line \d+/.test(reason)
          ? "fix the file at this line"
          : "pass a folder or file with a Pulumi program in TypeScript or JavaScript, or a model file in YAML or JSON",
  }),
  MW0904: entry<{ places: readonly string[] }>({
    name: "secret-in-plain-text",
    severity: "error",
    meaning: "The command line would have to write or print a secret value in plain text.",
    message: ({ places }) => `values at ${list(places)} are secret, but would be written or printed in plain text`,
    help: () =>
      "leave these objects to `pulumi up`, or remove `pulumi.secret` from values that aren't secret " +
      "(in configuration, `--secret`)",
  }),
};
