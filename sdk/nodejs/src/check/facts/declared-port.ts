import type { PortProtocol } from "../../args/virtual-destination.js";
import type { Leaf } from "../../model/deferred.js";
import { chosenPort, KIND_OF_TARGET, type RouteDestination } from "../../model/destination.js";
import type { CheckContext } from "../rule.js";

/** A port with its declared protocol. */
export interface DeclaredPort {
  readonly number: Leaf<number>;
  readonly protocol: Leaf<PortProtocol>;
}

/** Returns the port that a destination chooses; undefined if unknown, or of a Service, which declares none here. */
export function declaredPort(
  { model }: CheckContext,
  { target, port: wanted }: RouteDestination,
): DeclaredPort | undefined {
  if (target.kind === "service") return undefined;
  const ports: readonly DeclaredPort[] = model[KIND_OF_TARGET[target.kind]].get(target.name)?.ports ?? [];
  return chosenPort(ports, wanted);
}
