/** Arguments of the world's virtual destinations and external services. */
import fc from "fast-check";
import { defined, distinct, maybe } from "../../support/arbitraries/names.js";
import { BACKEND_PORTS, FLEET, OUTSIDE, POD_NAMESPACE } from "../rig/world.js";

export type Args = Readonly<Record<string, unknown>>;

const pod = fc.constantFrom({ app: "a" }, { app: "b" }, { app: "c" }, { app: "a", version: "v1" }, { version: "v1" });
const subset = fc.constantFrom({ version: "v1" }, { version: "v2" }, { app: "b" }, { version: "none" });
const portNumber = fc.constantFrom(80, 8080, 9001);

const port = fc.record({
  number: portNumber,
  protocol: fc.constant("HTTP"),
  targetPort: fc.constantFrom(...BACKEND_PORTS),
});

/** The virtual destination with this number. */
export function virtualDestinationArgs(index: number): fc.Arbitrary<Args> {
  return fc
    .record({
      fleet: fc.constant(FLEET),
      hosts: fc.constantFrom(
        [`vd${index}.global`],
        [`VD${index}.Global`],
        [`vd${index}.global`, `other${index}.global`],
      ),
      services: distinct(pod, (labels) => JSON.stringify(labels), 1, 2).map((all) =>
        all.map((labels) => ({ namespace: POD_NAMESPACE, labels })),
      ),
      ports: distinct(port, ({ number }) => number, 1, 2),
      subsets: maybe(
        distinct(subset, (labels) => JSON.stringify(labels), 1, 3).map((all) => all.map((labels) => ({ labels }))),
      ),
    })
    .map(defined);
}

/** The external service with this number. */
export function externalServiceArgs(index: number): fc.Arbitrary<Args> {
  const endpoint = (name: string): fc.Arbitrary<Args> =>
    fc
      .record({
        address: fc.constantFrom(...OUTSIDE),
        ports: maybe(fc.record({ [name]: fc.constantFrom(...BACKEND_PORTS) })),
        labels: maybe(fc.constantFrom({ zone: "x" }, { zone: "y" })),
      })
      .map(defined);
  return fc
    .record({
      fleet: fc.constant(FLEET),
      namespace: fc.constantFrom(POD_NAMESPACE, "gateways"),
      hosts: fc.constantFrom([`es${index}.example.net`], [`es${index}.example.net`, `other-es${index}.example.net`]),
      ports: port.map(({ number, ...rest }) => [{ number, ...rest, name: "http" }]),
      endpoints: distinct(endpoint("http"), ({ address }) => address, 1, 3),
    })
    .map(defined);
}
