import { memoize } from "../memo/memo.js";
import type { Plan } from "../plan/types.js";
import type { Question } from "./request.js";
import { type SimulateOptions, type Simulation, Simulator } from "./simulator.js";

/** Prepares a plan for many requests. A plan that was prepared before is not read again. */
export const prepare = memoize((plan: Plan) => new Simulator(plan));

/** Predicts what Envoy, configured by Istio, does with a request or a connection. */
export function simulate(plan: Plan, request: Question, options?: SimulateOptions): Simulation {
  return prepare(plan).simulate(request, options);
}
