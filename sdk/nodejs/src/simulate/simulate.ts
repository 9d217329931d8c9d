import type { Plan } from "../plan/types.js";
import type { Question } from "./request.js";
import { type SimulateOptions, type Simulation, Simulator } from "./simulator.js";

const prepared = new WeakMap<Plan, Simulator>();

/** Prepares a plan for many requests. A plan that was prepared before is not read again. */
export function prepare(plan: Plan): Simulator {
  const simulator = prepared.get(plan) ?? new Simulator(plan);
  prepared.set(plan, simulator);
  return simulator;
}

/** Predicts what Envoy, configured by Istio, does with a request or a connection. */
export function simulate(plan: Plan, request: Question, options?: SimulateOptions): Simulation {
  return prepare(plan).simulate(request, options);
}
