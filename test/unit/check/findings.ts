import { type CheckOptions, checkModel } from "../../../sdk/nodejs/src/check/check.js";
import type { Code } from "../../../sdk/nodejs/src/diagnostics/catalog.js";
import type { Diagnostic } from "../../../sdk/nodejs/src/diagnostics/diagnostic.js";
import { formatPath } from "../../../sdk/nodejs/src/diagnostics/format.js";
import { deferredOf } from "../../../sdk/nodejs/src/model/deferred.js";
import { type ModelArgs, modelOf } from "../../support/models.js";
import { gatewayArgs, shopArgs, tableArgs } from "../../support/shop.js";

/** A finding in short: code, position and facts. */
export type Found = readonly [code: Code, at: string, facts: object];

/** A leaf with an unknown value. */
export const later = deferredOf([7]);

/** Returns the findings about a model, in short. */
export function findingsOf(args: ModelArgs, options?: CheckOptions): Found[] {
  return checkModel(modelOf(args), options).map(inShort);
}

function inShort({ code, subject, path, facts }: Diagnostic): Found {
  return [code, `${subject.kind}/${subject.name} ${formatPath(path)}`.trim(), facts];
}

/** Returns the findings about a table with these routes; each responds directly unless it says more. */
export function inRoutes(...routes: object[]): Found[] {
  const http = routes.map((route, index) => {
    const isComplete = "forwardTo" in route || "redirect" in route;
    return { name: `r${index}`, ...(isComplete ? {} : { directResponse: { status: 200 } }), ...route };
  });
  return inTable({ http });
}

/** Returns the findings about the example with another table. */
export function inTable(overrides: Record<string, unknown>): Found[] {
  return findingsOf(shopArgs({ routeTables: { shop: tableArgs(overrides) } }));
}

/** Returns the findings about a gateway with these listeners, alone. */
export function inListeners(...listeners: object[]): Found[] {
  return findingsOf(shopArgs({ virtualGateways: { web: gatewayArgs({ listeners }) }, routeTables: {} }));
}
