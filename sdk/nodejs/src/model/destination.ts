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

/** What a destination is. */
export type DestinationTarget =
  | { readonly kind: "service"; readonly name: string; readonly namespace: string; readonly cluster: string }
  | { readonly kind: "virtualDestination"; readonly name: string }
  | { readonly kind: "externalService"; readonly name: string };

/** Where requests go, and how many of them. */
export interface RouteDestination {
  readonly target: DestinationTarget;
  readonly port?: Leaf<number>;
  readonly subset?: Readonly<Record<string, string>>;
  readonly weight?: Leaf<number>;
  /** Whether labels of the subset came as Outputs, so that no object is named after them. */
  readonly undecided?: boolean;
}

/** The kind of resource that a destination in the model is. */
export const KIND_OF_TARGET = { virtualDestination: "VirtualDestination", externalService: "ExternalService" } as const;

/** The port that a destination names, or the only one; undefined where that is not known. */
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

/** The one destination of a policy's own requests. */
export const policyDestinationSchema: z.ZodType<RouteDestination> = fields(PLACE).transform(toDestination);
