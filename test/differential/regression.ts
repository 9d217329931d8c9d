/** Cases on which the simulator and Envoy once disagreed. Each is a file in `regressions/`, with what Envoy answers. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Request } from "../../sdk/nodejs/src/simulate/request.js";
import type { ModelArgs } from "../support/arbitraries/model-args.js";
import type { Disagreement } from "./compare.js";
import type { Answer } from "./rig/answer.js";

/** What Envoy answers, without what changes from run to run. */
export interface ExpectedAnswer {
  readonly status: number;
  readonly route?: string;
  readonly location?: string;
  readonly body?: string;
  readonly method?: string;
  readonly path?: string;
  readonly host?: string;
}

export interface RegressionCase {
  /** What is surprising, in a sentence. */
  readonly about: string;
  readonly args: ModelArgs;
  readonly request: Request;
  readonly envoy: ExpectedAnswer;
}

const FOLDER = join(__dirname, "regressions");

/** Every case by the name of its file. */
export function readRegressions(): ReadonlyMap<string, RegressionCase> {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith(".json"));
  return new Map(
    files
      .sort()
      .map((file) => [
        file.replace(/\.json$/, ""),
        JSON.parse(readFileSync(join(FOLDER, file), "utf8")) as RegressionCase,
      ]),
  );
}

/** The text of a file for a disagreement. */
export function regressionText({ args, request, envoy, differences }: Disagreement): string {
  return `${JSON.stringify({ about: differences.join("; "), args, request, envoy: envoy && expectedAnswer(envoy) }, null, 2)}\n`;
}

/** The part of an answer that a file holds. */
export function expectedAnswer({ seen, ...rest }: Answer): ExpectedAnswer {
  if (seen === undefined) return rest;
  const host = seen.headers.find(([name]) => name.toLowerCase() === "host")?.[1];
  return { ...rest, method: seen.method, path: seen.path, ...(host !== undefined && { host }) };
}
