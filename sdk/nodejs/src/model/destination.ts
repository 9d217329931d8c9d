import type { z } from "zod";
import { isKnown, type Leaf } from "./deferred.js";
import {
  choose,
  dnsLabel,
  fields,
  labels,
  plainText,
  port,
  raise,
  reference,
  someLabels,
  text,
  undecidedMark,
  wholeNumber,
} from "./schema.js";

/** The resource that a destination refers to. */
export type DestinationTarget =
  | { readonly kind: "service"; readonly name: string; readonly namespace: string; readonly cluster: string }
  | { readonly kind: "virtualDestination"; readonly name: string }
  | { readonly kind: "externalService"; readonly name: string };

/** A target of requests, and its share of them. */
export interface RouteDestination {
  readonly target: DestinationTarget;
  readonly port?: Leaf<number>;
  readonly subset?: Readonly<Record<string, string>>;
  readonly weight?: Leaf<number>;
  /** True if labels of the subset were Outputs, so no object is named after them. */
  readonly undecided?: boolean;
}

/** The kind of resource behind each target in the model. */
export const KIND_OF_TARGET = { virtualDestination: "VirtualDestination", externalService: "ExternalService" } as const;

/** Returns the port that a destination names, or its only port; undefined if unknown. */
export function chosenPort<P extends { readonly number: Leaf<number> }>(
  ports: readonly P[],
  wanted: Leaf<number> | undefined,
): P | undefined {
  if (wanted === undefined) return ports.length === 1 ? ports[0] : undefined;
  return isKnown(wanted) ? ports.find(({ number }) => number === wanted) : undefined;
}

const TARGETS = ["service", "virtualDestination", "externalService"] as const;

const PLACE = {
  service: fields({ name: text(dnsLabel), namespace: text(dnsLabel), cluster: plainText() }).optional(),
  virtualDestination: reference("VirtualDestination").optional(),
  externalService: reference("ExternalService").optional(),
  port: port.optional(),
  subset: labels.superRefine(someLabels).optional(),
  undecided: undecidedMark,
};

interface DestinationFields {
  readonly service?: Omit<Extract<DestinationTarget, { kind: "service" }>, "kind"> | undefined;
  readonly virtualDestination?: string | undefined;
  readonly externalService?: string | undefined;
  readonly port?: Leaf<number> | undefined;
  readonly subset?: Record<string, string> | undefined;
  readonly weight?: Leaf<number> | undefined;
  readonly undecided?: boolean | undefined;
}

function toDestination(args: DestinationFields, context: z.core.$RefinementCtx<unknown>): RouteDestination {
  choose(args, TARGETS, context);
  const { service, virtualDestination, externalService, ...rest } = args;
  if (service !== undefined) {
    if (rest.port === undefined) raise(context, "MW0103", { field: "port", expected: "the port of the Service" });
    return { target: { kind: "service", ...service }, ...rest };
  }
  if (virtualDestination !== undefined)
    return { target: { kind: "virtualDestination", name: virtualDestination }, ...rest };
  return { target: { kind: "externalService", name: externalService ?? "" }, ...rest };
}

/** One of the `destinations` of a route. */
export const destinationSchema: z.ZodType<RouteDestination> = fields({
  ...PLACE,
  weight: wholeNumber(0, 100).optional(),
}).transform(toDestination);

/** The single destination of a policy's callouts. */
export const policyDestinationSchema: z.ZodType<RouteDestination> = fields(PLACE).transform(toDestination);
