import type { z } from "zod";
import type { Leaf } from "./deferred.js";
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
  wholeNumber,
} from "./schema.js";

/** What a destination is. */
export type DestinationTarget =
  | { readonly kind: "service"; readonly name: string; readonly namespace: string; readonly cluster: string }
  | { readonly kind: "virtualDestination"; readonly name: string }
  | { readonly kind: "externalService"; readonly name: string };

/** Where requests go, and how many of them. */
export interface Destination {
  readonly target: DestinationTarget;
  readonly port?: Leaf<number>;
  readonly subset?: Readonly<Record<string, string>>;
  readonly weight?: Leaf<number>;
}

const TARGETS = ["service", "virtualDestination", "externalService"] as const;

/** One of the `destinations` of a route. */
export const destinationSchema: z.ZodType<Destination> = fields({
  service: fields({ name: text(dnsLabel), namespace: text(dnsLabel), cluster: plainText() }).optional(),
  virtualDestination: reference("VirtualDestination").optional(),
  externalService: reference("ExternalService").optional(),
  port: port.optional(),
  subset: labels.superRefine(someLabels).optional(),
  weight: wholeNumber(0, 100).optional(),
}).transform((args, context): Destination => {
  choose(args, TARGETS, context);
  const { service, virtualDestination, externalService, ...rest } = args;
  if (service !== undefined) {
    if (rest.port === undefined) raise(context, "MW0103", { field: "port", expected: "the port of the Service" });
    return { target: { kind: "service", ...service }, ...rest };
  }
  if (virtualDestination !== undefined)
    return { target: { kind: "virtualDestination", name: virtualDestination }, ...rest };
  return { target: { kind: "externalService", name: externalService ?? "" }, ...rest };
});
