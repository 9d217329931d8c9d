import { planModel } from "../../../sdk/nodejs/src/plan/build.js";
import type { Plan } from "../../../sdk/nodejs/src/plan/types.js";
import type { Decision } from "../../../sdk/nodejs/src/simulate/decision.js";
import type { Request } from "../../../sdk/nodejs/src/simulate/request.js";
import { simulate } from "../../../sdk/nodejs/src/simulate/simulate.js";
import type { Simulation } from "../../../sdk/nodejs/src/simulate/simulator.js";
import { type ModelArgs, modelOf } from "../../support/models.js";
import { gatewayArgs, shopArgs, tableArgs } from "../../support/shop.js";

/** A plaintext gateway on port 80, for any host. */
export const plainGateway = gatewayArgs({ listeners: [{ port: 80 }] });

/** Plans the shop, with these parts replaced. */
export function planOf(overrides: ModelArgs): Plan {
  return planModel(modelOf(shopArgs(overrides)));
}

/** Plans one table with these routes, on a plaintext gateway. */
export function planOfRoutes(http: readonly object[], table: object = {}): Plan {
  return planOf({
    virtualGateways: { web: plainGateway },
    routeTables: { shop: tableArgs({ http, ...table }) },
  });
}

/** Builds a request to the shop in the cluster east. */
export function request(path: string, overrides: Partial<Request> = {}): Request {
  return { from: { cluster: "east" }, scheme: "http", host: "shop.example.com", path, ...overrides };
}

export function ask(plan: Plan, path: string, overrides: Partial<Request> = {}): Simulation {
  return simulate(plan, request(path, overrides));
}

/** Returns the route that takes a request, else the kind of the decision. */
export function routeOf({ decision }: { readonly decision: Decision }): string {
  return "route" in decision && decision.route !== undefined ? decision.route : decision.kind;
}

/** Builds a route that responds directly, with its name as the body. */
export function answers(name: string, ...matchers: readonly object[]): object {
  return { name, matchers, directResponse: { status: 200, body: name } };
}

/** Builds a route that forwards to the destination `reviews`. */
export function forwards(name: string, matcher: object, forwardTo: object = {}): object {
  return {
    name,
    matchers: [matcher],
    forwardTo: { destinations: [{ virtualDestination: "reviews", port: 80 }], ...forwardTo },
  };
}
