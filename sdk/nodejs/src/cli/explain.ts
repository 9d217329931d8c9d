import picocolors from "picocolors";
import { toJson } from "../diagnostics/format.js";
import { describeSimulations, type Paint } from "../simulate/describe.js";
import { prepare } from "../simulate/simulate.js";
import { type Planned, planSource } from "./plan-source.js";
import { printFailure, printFindings, printNotes } from "./print.js";
import { type RequestOptions, readQuestion } from "./read-request.js";

/** What `meshway explain` was asked for. */
export interface ExplainOptions extends RequestOptions {
  readonly json?: boolean;
  readonly stack?: string;
}

/** What `meshway explain` is asked about. */
export interface Question {
  readonly source: string;
  readonly method: string;
  readonly url: string;
}

/** Tells what becomes of a request or a connection; gives the exit code: 0 with an answer for every cluster, else 1. */
export async function explain({ source, method, url }: Question, options: ExplainOptions): Promise<number> {
  const request = readQuestion(method, url, options);
  if (typeof request === "string") {
    printFailure(request);
    return 2;
  }
  const planned = await planSource(source, options.stack);
  if (planned.plan === undefined) return refuse(source, planned, options.json === true);
  const simulations = prepare(planned.plan).simulateEverywhere(request);
  if (options.json === true) printJson({ request, answers: simulations });
  else {
    printNotes(planned.notes);
    console.log(describeSimulations(request, simulations, painted()));
  }
  return simulations.every(({ decision }) => decision.kind !== "unanswered") ? 0 : 1;
}

function refuse(source: string, { diagnostics, notes, failure }: Planned, isJson: boolean): number {
  const error = failure === undefined ? undefined : `the program ${source} failed: ${failure}`;
  if (isJson) printJson({ findings: diagnostics.map(toJson), ...(error !== undefined && { error }) });
  else {
    printNotes(notes);
    if (error === undefined) printFindings(diagnostics);
    else printFailure(error);
  }
  return 1;
}

function printJson(value: object): void {
  console.log(JSON.stringify(value, undefined, 2));
}

/** Colours where standard output is a terminal. */
function painted(): Paint {
  const colors = picocolors.createColors(picocolors.isColorSupported && process.stdout.isTTY === true);
  return { good: colors.green, bad: colors.red, strong: colors.bold, faint: colors.dim };
}
