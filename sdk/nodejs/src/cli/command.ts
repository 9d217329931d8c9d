import { Command, CommanderError } from "commander";
import { visible } from "../diagnostics/words.js";
import { type ExplainOptions, explain } from "./explain.js";
import { guard } from "./guard.js";
import { Printer } from "./print.js";
import { type RenderOptions, render } from "./render.js";
import { type Sinks, UnwritableError } from "./sink.js";

/** Exit code of a usage error. */
const USAGE = 2;

/**
 * Runs the command line, and returns its exit code: 0, 1 after an error (including output that can't be written), 2
 * after a usage error.
 */
export async function runCommand(args: readonly string[], sinks: Sinks): Promise<number> {
  const printer = new Printer(sinks);
  try {
    return await runProgram(args, sinks, printer);
  } catch (error) {
    const isExpected = error instanceof UnwritableError || isSystemError(error);
    if (!isExpected) throw error;
    // if standard error can't be written either, there is nowhere left to report to
    await printer.failure(error.message).catch(() => undefined);
    return 1;
  }
}

/** Returns true for an error of the operating system, such as a full disk. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}

async function runProgram(args: readonly string[], sinks: Sinks, printer: Printer): Promise<number> {
  let code = 0;
  const printed = { out: "", err: "" };
  const program = new Command("meshway")
    .configureOutput({
      writeOut: (text) => {
        printed.out += text;
      },
      writeErr: (text) => {
        printed.err += text.split("\n").map(visible).join("\n");
      },
    })
    .description("Virtual gateways, route tables and virtual destinations for several Kubernetes clusters")
    .version(version(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .exitOverride()
    .showHelpAfterError("(see meshway --help)");
  const addRender = (name: string, description: string, run: typeof guard): void => {
    const command = program
      .command(name)
      .description(description)
      .argument(
        "<source>",
        "folder or file of a Pulumi program in TypeScript or JavaScript, or a model file in YAML or JSON; " +
          "- for a model file from standard input",
      )
      .option("-o, --out <folder>", "folder to write to: CLUSTER/KIND-NAMESPACE-NAME.yaml (required unless --json)")
      .option("--json", "print the findings as JSON to standard output")
      .option("-c, --cluster <name...>", "write only the objects of these clusters")
      .option("-s, --stack <name>", "stack of the program, whose configuration file is read (default: the only one)")
      .option("--allow-empty", "remove all files of earlier renders even if nothing is rendered")
      .action(async (source: string, options: RenderOptions) => {
        if (source === "") command.error("error: the source names no file or folder", { exitCode: USAGE });
        if (options.out === undefined && options.json !== true)
          command.error("error: --out is needed, or --json to print only the findings", { exitCode: USAGE });
        if (options.out === "") command.error("error: --out names no folder", { exitCode: USAGE });
        code = await run(source, options, printer);
      });
  };
  addRender(
    "render",
    "check a Pulumi program or a model file, and write its Kubernetes objects to files, without any cluster",
    render,
  );
  addRender(
    "guard",
    "like render, but only the admission policies by which API servers enforce what previews check: " +
      "who may write what, for whom",
    guard,
  );
  program
    .command("explain")
    .description(
      "explain what happens to a request or a connection, and why, from a Pulumi program or a model file, " +
        "without any cluster",
    )
    .argument("<source>", "program or model file, as for render")
    .argument("<method>", "method of the request, such as GET; CONNECT for a connection")
    .argument(
      "<url>",
      "URL of the request, such as https://shop.example.com/reviews; of a connection tcp://HOST:PORT " +
        "or tls://HOST:PORT",
    )
    .option("-H, --header <name: value>", "a header of the request; may be repeated", collected, [])
    .option(
      "-f, --from <source>",
      "gateway:NAME at which it arrives, or sidecar:NAMESPACE/LABEL=VALUE,... of the pod that sends it " +
        "(default: the gateway that has its port and host)",
    )
    .option("--service-account <name>", "of the pod that sends it, where access policies ask for it (default: any)")
    .option(
      "--address <ip>",
      "of the client that connects to the gateway, where access policies ask for it (default: any)",
    )
    .option("-c, --cluster <name>", "the cluster in which it arrives (default: every cluster that has the gateway)")
    .option("--json", "print the answers as JSON")
    .option("-s, --stack <name>", "stack of the program, as for render")
    .action(async (source: string, method: string, url: string, options: ExplainOptions) => {
      code = await explain({ source, method, url }, options, printer);
    });
  try {
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (printed.out !== "") await sinks.out.write(printed.out);
    if (printed.err !== "") await sinks.err.write(printed.err);
    // help and version exit with 0
    return error.exitCode === 0 ? 0 : USAGE;
  }
}

/** Collects the values of a repeatable option. */
function collected(value: string, others: readonly string[]): readonly string[] {
  return [...others, value];
}

function version(): string {
  return (require("../../package.json") as { readonly version: string }).version;
}
