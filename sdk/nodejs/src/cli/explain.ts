import { visible } from "../diagnostics/words.js";
import { describeSimulations } from "../simulate/describe.js";
import { type RequestOptions, readQuestion } from "../simulate/read-request.js";
import { prepare } from "../simulate/simulate.js";
import { type Planned, planSource } from "./plan-source.js";
import type { Printer } from "./print.js";

/** Options of `meshway explain`. */
export interface ExplainOptions extends RequestOptions {
  readonly json?: boolean;
  readonly stack?: string;
}

/** Arguments of `meshway explain`. */
export interface ExplainArgs {
  readonly source: string;
  readonly method: string;
  readonly url: string;
}

/**
 * Prints what happens to a request or a connection, and returns the exit code: 0 with an answer for every cluster,
 * otherwise 1.
 */
export async function explain(
  { source, method, url }: ExplainArgs,
  options: ExplainOptions,
  printer: Printer,
): Promise<number> {
  const request = readQuestion(method, url, options);
  if (typeof request === "string") {
    await printer.failure(request);
    return 2;
  }
  const planned = await planSource(source, options.stack);
  if (planned.plan === undefined) return refuse(source, planned, options.json === true, printer);
  const simulations = prepare(planned.plan).simulateEverywhere(request);
  if (options.json === true) await printer.json({ request, answers: simulations });
  else {
    await printer.notes(planned.notes);
    await printer.answer(describeSimulations(visibleIn(request), visibleIn(simulations), printer.paint));
  }
  return simulations.every(({ decision }) => decision.kind !== "unanswered") ? 0 : 1;
}

async function refuse(
  source: string,
  { diagnostics, notes, failure }: Planned,
  isJson: boolean,
  printer: Printer,
): Promise<number> {
  const error = failure === undefined ? undefined : `the program ${source} failed: ${failure}`;
  if (isJson) await printer.json({ findings: diagnostics, ...(error !== undefined && { error }) });
  else {
    await printer.notes(notes);
    if (error === undefined) await printer.findings(diagnostics);
    else await printer.failure(error);
  }
  return 1;
}

/** Copies a value with control characters of terminals made visible. */
function visibleIn<T>(value: T): T {
  if (typeof value === "string") return visible(value) as T;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(visibleIn) as T;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [visible(key), visibleIn(item)])) as T;
}
