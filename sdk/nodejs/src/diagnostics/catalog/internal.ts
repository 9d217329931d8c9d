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
    meaning: "The command line can't render a value that only `pulumi up` knows.",
    message: ({ places }) => `values at ${list(places)} are known only to \`pulumi up\`, expected plain ones`,
    help: () => "give plain values here, for example from configuration, or render a model file",
  }),
  MW0903: entry<{ file: string; reason: string }>({
    name: "unreadable-file",
    severity: "error",
    meaning: "A program or model file can't be read.",
    message: ({ file, reason }) => `${quote(file)} can't be read: ${reason}`,
    help: ({ reason }) =>
      reason.includes("--stack")
        ? "name the stack whose configuration is meant: `--stack NAME`"
        : /^line \d+/.test(reason)
          ? "mend the file at this place"
          : "give a folder or file with a Pulumi program in TypeScript or JavaScript, or a model file in YAML or JSON",
  }),
  MW0904: entry<{ places: readonly string[] }>({
    name: "secret-in-plain-text",
    severity: "error",
    meaning: "The command line would have to know a secret value, to write or to tell it in plain text.",
    message: ({ places }) =>
      `values at ${list(places)} are secret, expected none that are written or told in plain text`,
    help: () =>
      "leave these objects to `pulumi up`, or take `pulumi.secret` off values that are none (in a configuration, `--secret`)",
  }),
};
