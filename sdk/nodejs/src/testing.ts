/** Entry `meshway/testing`: route tests for mocha, vitest and node:test, without any cluster. */
export type { Decision, Forward, Target } from "./simulate/decision.js";
export type { Connection, Request } from "./simulate/request.js";
export type { Simulation } from "./simulate/simulator.js";
export { expectRoute } from "./testing/expect-route.js";
export { type Reached, RouteExpectation } from "./testing/expectation.js";
export { loadRoutes, type Routes, routesOf } from "./testing/routes.js";
