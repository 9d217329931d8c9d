import fc from "fast-check";
import { defined, distinct, labelText, maybe, namespace, portNumber, someLabels } from "./names.js";

const exportTo = fc.constantFrom(undefined, ["*"], ["shop", "gateways", "istio-system", "n".repeat(63)]);

const HTTP = ["HTTP", "HTTP2", "GRPC"] as const;

/** A virtual destination whose hosts start with `prefix`, in a fleet with these clusters. */
export function virtualDestinationArgs(
  prefix: string,
  clusters: readonly string[],
  policies: fc.Arbitrary<string[] | undefined>,
) {
  const service = fc
    .record({
      labels: someLabels,
      cluster: fc.constantFrom(undefined, undefined, ...clusters),
      serviceAccounts: maybe(fc.subarray(["reviews", "canary"], { minLength: 1 })),
    })
    .map(defined);
  return namespace
    .chain((place) =>
      fc.record({
        fleet: fc.constant("prod"),
        hosts: fc.constantFrom(
          [`${prefix}.global`],
          [`${prefix}.shop`],
          [`${prefix}.global`, `home-${prefix}.global`],
          [`${prefix}.${"l".repeat(63)}.global`],
        ),
        services: distinct(service, (each) => JSON.stringify(each.labels), 1, 3).map((all) =>
          all.map((each) => ({ ...each, namespace: place })),
        ),
        ports: distinct(
          fc
            .record({ number: portNumber, protocol: fc.constantFrom(...HTTP), targetPort: maybe(portNumber) })
            .map(defined),
          ({ number }) => number,
          1,
          3,
        ),
        subsets: maybe(
          distinct(someLabels, (labels) => JSON.stringify(Object.entries(labels).sort()), 0, 3).map((all) =>
            all.map((labels) => ({ labels })),
          ),
        ),
        clientMode: fc.constantFrom(undefined, { auto: {} }, { tlsTermination: {} }),
        exportTo,
        policies,
      }),
    )
    .map((args) =>
      defined(
        args.clientMode && "tlsTermination" in args.clientMode ? { ...args, ports: args.ports.slice(0, 1) } : args,
      ),
    );
}

const clientsideTls = fc.constantFrom(
  undefined,
  {},
  { mode: "SIMPLE", sni: "sni.example.net" },
  { mode: "SIMPLE", insecureSkipVerify: true },
  { mode: "MUTUAL", credentialName: "client" },
  { mode: "ISTIO_MUTUAL" },
  { mode: "DISABLE" },
);

/** An external service whose hosts start with `prefix`, known in some of these clusters. */
export function externalServiceArgs(prefix: string, clusters: readonly string[]) {
  const endpoint = fc
    .record({
      address: fc.constantFrom("198.51.100.1", "198.51.100.2", "2001:db8::9", "endpoint.example.net"),
      labels: fc.dictionary(fc.constantFrom("version", "zone"), labelText, { maxKeys: 2 }),
      locality: fc.constantFrom(undefined, { region: "r1", zone: "z1" }),
    })
    .map(defined);
  return fc
    .record({
      fleet: fc.constant("prod"),
      namespace,
      clusters: fc.constantFrom(undefined, undefined, [...clusters]),
      hosts: fc.constantFrom(
        [`${prefix}.example.net`],
        [`${prefix}.net`],
        [`${prefix}.example.net`, `other-${prefix}.example.net`],
        [`*.${prefix}.example.net`],
      ),
      ports: distinct(
        fc.record({ number: portNumber, protocol: fc.constantFrom(...HTTP, "HTTPS"), clientsideTls }).map(defined),
        ({ number }) => number,
        1,
        3,
      ),
      endpoints: maybe(distinct(endpoint, ({ address }) => address, 1, 3)),
      exportTo,
    })
    .map(defined);
}
