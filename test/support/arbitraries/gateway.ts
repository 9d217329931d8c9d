import fc from "fast-check";
import { defined, distinct, maybe, namespace, portNumber } from "./names.js";

/** Hosts that gateways allow; the hosts of all tables are among them. */
const allowed = fc.constantFrom(undefined, [{ host: "*" }], [{ host: "*.example.com" }, { host: "*.example.org" }]);

const tls = fc.oneof(
  fc.record({ mode: fc.constantFrom("SIMPLE", "MUTUAL"), secretName: fc.constant("cert") }),
  fc.record({ mode: fc.constant("ISTIO_MUTUAL"), maximumProtocolVersion: fc.constant("TLSv1_3") }),
  fc.record({
    mode: fc.constant("SIMPLE"),
    secretName: fc.constant("cert"),
    minimumProtocolVersion: fc.constantFrom("TLSv1_0", "TLSv1_3"),
    cipherSuites: fc.constant(["AES256-SHA"]),
  }),
);

const requestListener = fc
  .record({
    port: portNumber,
    targetPort: maybe(portNumber),
    tls: maybe(tls),
    allowedRouteTables: allowed,
    redirect: fc.boolean(),
  })
  .map(({ redirect, ...rest }) => defined({ ...rest, ...(rest.tls === undefined && { httpsRedirect: redirect }) }));

const openedTls = fc.record({ mode: fc.constant("SIMPLE"), secretName: fc.constant("cert") });
const passthrough = fc.record({ mode: fc.constant("PASSTHROUGH") });

const connectionListener = fc
  .record({
    port: portNumber,
    targetPort: maybe(portNumber),
    speaks: fc.oneof(
      fc.record({ protocol: fc.constant("TCP") }),
      fc.record({ protocol: fc.constant("TLS"), tls: openedTls }),
      fc.record({ tls: passthrough }),
    ),
    allowedRouteTables: allowed,
  })
  .map(({ speaks, ...rest }) => defined({ ...rest, ...speaks }));

const listener = fc.oneof({ weight: 3, arbitrary: requestListener }, { weight: 1, arbitrary: connectionListener });

/** A virtual gateway in some of these clusters; its labels select proxies of its own, by its name. */
export function gatewayArgs(
  name: string,
  clusters: readonly string[],
  listed: fc.Arbitrary<readonly string[] | undefined> = fc.constant(undefined),
) {
  const listeners = distinct(listener, ({ port }) => port, 1, 3).filter(
    (all) => new Set(all.map(({ port, targetPort }) => targetPort ?? port)).size === all.length,
  );
  return fc
    .record({
      fleet: fc.constant("prod"),
      namespace,
      workloads: fc.constant({
        labels: { gateway: `g${[...name].map((char) => char.codePointAt(0)).join("-")}`.slice(0, 60) },
      }),
      clusters: maybe(fc.subarray([...clusters], { minLength: 1 })),
      listeners,
      policies: listed,
    })
    .map(defined);
}
