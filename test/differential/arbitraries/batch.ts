/** One batch: gateways on one proxy, backends, and many tables whose hosts lie around and under each other. */
import fc from "fast-check";
import { withoutErrors } from "../../support/arbitraries/model.js";
import type { ModelArgs } from "../../support/arbitraries/model-args.js";
import { defined } from "../../support/arbitraries/names.js";
import { listedOf, maybeLabels, routePolicies } from "../../support/arbitraries/route-policies.js";
import { CLUSTER, FLEET, GATEWAY_NAMESPACE, GATEWAY_PORTS, PROXY_LABELS } from "../rig/world.js";
import { accessArgs } from "./access.js";
import { type Args, externalServiceArgs, virtualDestinationArgs } from "./backends.js";
import { claimPolicyArgs, claimTableArgs } from "./claims.js";
import { delegatedTableArgs, ownTables, SHARED_TABLES, withDelegation } from "./delegated.js";
import { destinationsOf, routesArgs } from "./routes.js";

/** Groups of hosts in a batch. Tables of one group may cover hosts of each other. */
const GROUPS = 12;

function hostsOf(group: number): readonly string[] {
  const base = `g${group}.test`;
  return [base, `*.${base}`, `a.${base}`, `*.a.${base}`, `b.a.${base}`, `A-B.${base}`, `*.b.a.${base}`];
}

const HOSTS = [...Array.from({ length: GROUPS }, (_, group) => hostsOf(group)).flat(), "*.test", "*.meshway.test"];

const allowed = fc.oneof(
  { weight: 4, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.constant([{ host: "*" }]) },
  {
    weight: 2,
    arbitrary: fc.constant([{ host: "*.test" }]),
  },
  {
    weight: 2,
    arbitrary: fc.subarray([...HOSTS], { minLength: 4 }).map((hosts) => hosts.map((host) => ({ host }))),
  },
);

/** Without policies that ask a server, which alone knows what becomes of a request; traffic tests have such servers. */
function withoutServers<P extends { readonly [K in "JWTPolicy" | "RateLimitPolicy"]: Policies }>(policies: P): P {
  const limits = Object.entries(policies.RateLimitPolicy).filter(([, policy]) => "local" in policy);
  const tokens = Object.entries(policies.JWTPolicy).filter(([, { providers }]) =>
    Object.values(providers as Policies).every((provider) => "local" in provider),
  );
  return {
    ...policies,
    ExtAuthPolicy: {},
    JWTPolicy: Object.fromEntries(tokens),
    RateLimitPolicy: Object.fromEntries(limits),
  };
}

type Policies = Readonly<Record<string, Args>>;

/** The port at which gateways allow every host, so that each table has a place. */
const OPEN = GATEWAY_PORTS[0];

/** A gateway that listens on these ports. */
function gatewayArgs(ports: fc.Arbitrary<readonly number[]>): fc.Arbitrary<Args> {
  const listener = (port: number): fc.Arbitrary<Args> =>
    fc
      .record({
        port: fc.constant(port),
        httpsRedirect: fc.oneof(
          { weight: 9, arbitrary: fc.constantFrom(undefined, false) },
          { weight: 1, arbitrary: fc.constant(true) },
        ),
        allowedRouteTables: port === OPEN ? fc.constant(undefined) : allowed,
      })
      .map(defined);
  return fc.record({
    fleet: fc.constant(FLEET),
    namespace: fc.constant(GATEWAY_NAMESPACE),
    workloads: fc.constant({ labels: PROXY_LABELS }),
    listeners: ports.chain((all) => fc.tuple(...all.map(listener))),
  });
}

/** Most batches have gateways that let everything in, or routes would hardly be tried. */
const guard = fc.constantFrom(...Array.from({ length: 6 }, () => undefined), "guard-0", "guard-1");

function guardOf(name: string | undefined): readonly string[] | undefined {
  return name === undefined ? undefined : [`AccessPolicy/${name}`];
}

interface TableOptions {
  readonly name: string;
  readonly hosts: readonly string[];
  readonly gateways: readonly string[];
  readonly backends: Parameters<typeof routesArgs>[0];
  readonly listed: fc.Arbitrary<readonly string[] | undefined>;
}

/** A table, and those that it alone delegates to. */
function tablesArgs({ name, hosts, gateways, backends, listed }: TableOptions): fc.Arbitrary<Record<string, Args>> {
  const shared = fc.oneof(
    { weight: 4, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.subarray([...SHARED_TABLES], { minLength: 1 }) },
  );
  return fc.tuple(ownTables(name, backends, listed), shared).chain(([own, others]) =>
    tableArgs({ name, hosts, gateways, backends, listed }, [...Object.keys(own).slice(0, 1), ...others]).map(
      (table) => ({
        ...own,
        [name]: table,
      }),
    ),
  );
}

function tableArgs({ hosts, gateways, backends, listed }: TableOptions, delegated: readonly string[]) {
  return fc
    .record({
      fleet: fc.constant(FLEET),
      labels: maybeLabels,
      hosts: fc.constant(hosts),
      virtualGateways: fc.oneof(fc.constant([...gateways]), fc.subarray([...gateways], { minLength: 1 })),
      http: withDelegation(routesArgs(backends, listed), delegated, listed),
      policies: listed,
    })
    .map(defined);
}

/** Tables whose routes are chosen by claims. */
const CLAIM_TABLES = 4;

/** The hosts, each of which one table gets; some get several. */
const shares: fc.Arbitrary<readonly (readonly string[])[]> = fc
  .tuple(
    fc.shuffledSubarray([...HOSTS], { minLength: 40 }),
    fc.array(fc.constantFrom(1, 1, 1, 2, 3), { minLength: HOSTS.length, maxLength: HOSTS.length }),
  )
  .map(([hosts, sizes]) => {
    const found: (readonly string[])[] = [];
    for (let at = 0; at < hosts.length; at += found.at(-1)?.length ?? 1)
      found.push(hosts.slice(at, at + (sizes[at] ?? 1)));
    return found;
  });

function named<T>(prefix: string, items: readonly T[]): Record<string, T> {
  return Object.fromEntries(items.map((item, index) => [`${prefix}${index}`, item]));
}

const backends = fc
  .tuple(
    fc.tuple(...Array.from({ length: 6 }, (_, index) => virtualDestinationArgs(index))),
    fc.tuple(...Array.from({ length: 3 }, (_, index) => externalServiceArgs(index))),
  )
  .map(([virtual, external]) => ({ VirtualDestination: named("vd", virtual), ExternalService: named("es", external) }));

/** Arguments in which no check finds an error. */
export const batchArgs: fc.Arbitrary<ModelArgs> = fc.noBias(
  fc
    .tuple(
      backends.chain((behind) =>
        routePolicies(fc.constantFrom(...destinationsOf(behind))).map(
          (policies) => [behind, withoutServers(policies)] as const,
        ),
      ),
      shares,
      gatewayArgs(fc.constant(GATEWAY_PORTS)),
      gatewayArgs(fc.subarray([...GATEWAY_PORTS], { minLength: 1 }).map((ports) => [...new Set([OPEN, ...ports])])),
      fc.record({ "guard-0": accessArgs, "guard-1": accessArgs }),
      fc.tuple(guard, guard),
    )
    .chain(([[behind, policies], hosts, web, side, guards, [webGuard, sideGuard]]) => {
      const listed = listedOf(policies);
      const backends = behind as TableOptions["backends"];
      const tables = hosts.map((each, index) =>
        tablesArgs({ name: `t${index}`, hosts: each, gateways: ["web", "side"], backends, listed }),
      );
      const byClaims = Array.from({ length: CLAIM_TABLES }, (_, index) =>
        fc.record({
          table: claimTableArgs(`claims${index}.test`, ["web"], backends, `JWTPolicy/claims${index}`),
          policy: claimPolicyArgs,
        }),
      );
      const shared = fc.tuple(...SHARED_TABLES.map(() => delegatedTableArgs(backends, listed, [])));
      return fc.tuple(listed, shared, fc.tuple(...byClaims), ...tables).map(
        ([onGateway, ofAll, chosen, ...all]): ModelArgs => ({
          Fleet: { [FLEET]: { clusters: [{ name: CLUSTER, mesh: "NONE" }] } },
          VirtualGateway: {
            web: defined({ ...web, policies: guardOf(webGuard) }),
            side: defined({ ...side, policies: [...(onGateway ?? []), ...(guardOf(sideGuard) ?? [])] }),
          },
          RouteTable: Object.assign(
            named(
              "claims",
              chosen.map(({ table }) => table),
            ),
            named("shared", ofAll),
            ...all,
          ),
          ...behind,
          ...policies,
          JWTPolicy: {
            ...policies.JWTPolicy,
            ...named(
              "claims",
              chosen.map(({ policy }) => policy),
            ),
          },
          Workspace: {},
          WorkspaceSettings: {},
          AccessPolicy: guards,
          TrimProxyConfigPolicy: {},
          ActiveHealthCheckPolicy: {},
          ClientTLSPolicy: {},
          AccessLogPolicy: {},
          ConnectionPolicy: {},
          DLPPolicy: {},
          FailoverPolicy: {},
          ListenerConnectionPolicy: {},
          LoadBalancerPolicy: {},
          ProxyProtocolPolicy: {},
          WAFPolicy: {},
          OutlierDetectionPolicy: {},
        }),
      );
    })
    .map(withoutErrors),
);
