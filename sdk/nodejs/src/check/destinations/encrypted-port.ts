import { ListenerProtocol, TlsMode } from "../../args/virtual-gateway.js";
import type { Path, Subject } from "../../diagnostics/diagnostic.js";
import { isDeferred } from "../../model/deferred.js";
import { isAskedByGrpc } from "../facts/asked-by-grpc.js";
import { isTls } from "../facts/backends.js";
import { callerTls } from "../facts/caller-tls.js";
import { connectionListeners, isAtListener } from "../facts/connection-matchers.js";
import { declaredPort } from "../facts/declared-port.js";
import { describeDestinationTarget, everyDestination } from "../facts/destinations.js";
import type { OwnedDestination } from "../facts/policy-destinations.js";
import type { CheckContext, Rule } from "../rule.js";

export const encryptedPort: Rule = {
  name: "encrypted-port",
  codes: ["MW0528"],
  description: "No route or policy sends plaintext to a port whose server expects TLS.",
  check(context) {
    for (const place of everyDestination(context)) {
      const { subject, destination, path } = place;
      const { target } = destination;
      const port = declaredPort(context, destination);
      if (port === undefined || isDeferred(port.number) || isDeferred(port.protocol) || !isTls(port.protocol)) continue;
      if (bringsTls(context, subject, path) || hasOwnFinding(context, place)) continue;
      const tls = callerTls(context, destination);
      if (tls === undefined || (tls !== "none" && tls.reachesServer)) continue;
      const facts = { destination: describeDestinationTarget(target), port: port.number, protocol: port.protocol };
      const isExternal = target.kind === "externalService";
      context.findings.add("MW0528", subject, [...path, "port"], { ...facts, ...(isExternal && { isExternal }) });
    }
  },
};

/** True if connections may carry the client's own TLS: they are forwarded unchanged unless a listener opens it. */
function bringsTls(context: CheckContext, subject: Subject, [sort, index]: Path): boolean {
  if (sort !== "tcp") return sort === "tls";
  const table = context.model.RouteTable.get(subject.name);
  const route = typeof index === "number" ? table?.tcp[index] : undefined;
  if (table === undefined || route === undefined || table.sidecars !== undefined) return true;
  const at = connectionListeners(context, table, "tcp").filter(
    ({ listener }) =>
      route.matchers.length === 0 || route.matchers.some((matcher) => isAtListener(matcher, listener) !== false),
  );
  const isOpened = at.every(
    ({ listener: { protocol, tls } }) =>
      protocol === ListenerProtocol.Tls &&
      tls !== undefined &&
      !isDeferred(tls.mode) &&
      tls.mode !== TlsMode.Passthrough,
  );
  return at.length === 0 || !isOpened;
}

/** True if another rule says the same: of gRPC servers (MW0451), of keys and authorizers outside (MW0453, MW0534). */
function hasOwnFinding(context: CheckContext, { subject, destination }: OwnedDestination): boolean {
  if (isAskedByGrpc(context, subject)) return true;
  const isTrusted = subject.kind === "JWTPolicy" || subject.kind === "ExtAuthPolicy";
  return isTrusted && destination.target.kind === "externalService";
}
