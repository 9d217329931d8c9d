import fc from "fast-check";
import { defined, maybe, portNumber } from "./names.js";

/** The fields of a cluster's arguments that other arbitraries read. */
export interface ClusterLike {
  readonly name: string;
  readonly network?: string;
  readonly mesh?: string;
  readonly eastWestGateway?: { readonly addresses: readonly string[] };
}

const NAMES = ["east", "west", "edge", "a", "a-b"] as const;

const eastWest = (index: number) =>
  fc
    .record({
      addresses: fc.constantFrom(
        [`203.0.113.${index}`],
        [`gateway-${index}.example.com`],
        [`203.0.113.${index}`, `2001:db8::${index}`],
        [`203.0.113.${index}`, `gateway-${index}.example.com`],
      ),
      port: maybe(portNumber),
      tlsTerminationPort: maybe(fc.constantFrom(16444, 16445)),
      namespace: maybe(fc.constantFrom("istio-system", "gateways", "mesh")),
      labels: maybe(fc.constant({ app: "cross-network" })),
      serviceAccount: maybe(fc.constant("cross-network")),
    })
    .map(defined);

const cluster = (name: string, index: number) =>
  fc
    .record({
      name: fc.constant(name),
      locality: fc.constantFrom(
        { region: "r1" },
        { region: "r1", zone: "z1" },
        { region: "r2", zone: "z2", subZone: "s" },
      ),
      network: maybe(fc.constantFrom("n1", "n2")),
      trustDomain: maybe(fc.constantFrom("td1.example", "td2.example")),
      clusterDomain: maybe(fc.constantFrom("cluster.local", "k8s.example")),
      mesh: fc.constantFrom(undefined, "ISTIO", "ISTIO", "NONE"),
      eastWestGateway: fc.option(eastWest(index), { freq: 6, nil: undefined }),
    })
    .map(defined) as fc.Arbitrary<ClusterLike & object>;

/** Fleets of one to five clusters, with mixed networks, meshes and east-west gateways. */
export const fleetArgs: fc.Arbitrary<{ clusters: ClusterLike[] }> = fc
  .subarray([...NAMES], { minLength: 1 })
  .chain((names) => fc.tuple(...names.map((name) => cluster(name, NAMES.indexOf(name) + 1))))
  .map((clusters) => ({ clusters }));
