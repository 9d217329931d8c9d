import fc from "fast-check";
import { checkModel } from "../../../sdk/nodejs/src/check/check.js";
import type { Diagnostic } from "../../../sdk/nodejs/src/diagnostics/diagnostic.js";
import { Findings } from "../../../sdk/nodejs/src/diagnostics/report.js";
import type { Kind } from "../../../sdk/nodejs/src/kinds/kinds.js";
import { emptyModel, type Model } from "../../../sdk/nodejs/src/model/model.js";
import { parseResource } from "../../../sdk/nodejs/src/model/parse-resource.js";
import type { ModelOf } from "../../../sdk/nodejs/src/model/registry.js";
import { accessArgs, withAccess } from "./access.js";
import { externalServiceArgs, virtualDestinationArgs } from "./destinations.js";
import { fleetArgs } from "./fleet.js";
import { gatewayArgs } from "./gateway.js";
import { listedBesides, listenerPolicies } from "./listener-policies.js";
import type { ModelArgs } from "./model-args.js";
import { resourceName } from "./names.js";
import {
  clientTlsArgs,
  connectionArgs,
  failoverArgs,
  healthCheckArgs,
  loadBalancerArgs,
  outlierDetectionArgs,
  policiesOf,
} from "./policies.js";
import { listedOf, routePolicies } from "./route-policies.js";
import { delegatedTableArgs, destination, routeTableArgs, type Targets } from "./route-table.js";
import { trimArgs } from "./trims.js";
import { withWorkspaces } from "./workspaces.js";

/** Arguments by name, of an arbitrary that depends on name and position. */
function byName<T>(
  make: (name: string, index: number) => fc.Arbitrary<T>,
  from: number,
  to: number,
): fc.Arbitrary<Record<string, T>> {
  return fc
    .uniqueArray(resourceName, { minLength: from, maxLength: to })
    .chain((names) =>
      fc.tuple(...names.map((name, index) => make(name, index).map((args): [string, T] => [name, args]))),
    )
    .map((entries) => Object.fromEntries(entries));
}

/** Up to two tables on gateways, and up to three that these delegate to, and that delegate to later ones of the three. */
function tablesArgs(
  gateways: readonly string[],
  targets: Targets,
  listed: fc.Arbitrary<readonly string[] | undefined>,
): fc.Arbitrary<Record<string, unknown>> {
  return fc
    .tuple(fc.uniqueArray(resourceName, { maxLength: 2 + 3 }), fc.nat(2))
    .chain(([names, roots]) =>
      fc.tuple(
        ...names.map((name, index) => {
          const later = names.slice(Math.max(roots, index + 1));
          const args: fc.Arbitrary<unknown> =
            index < roots
              ? routeTableArgs(index, gateways, targets, { listed, tables: later })
              : delegatedTableArgs(targets, listed, later);
          return args.map((of): [string, unknown] => [name, of]);
        }),
      ),
    )
    .map((entries) => Object.fromEntries(entries));
}

/** Arguments that can be parsed, of resources that belong to no workspace. */
export const ownerlessArgs: fc.Arbitrary<ModelArgs> = fleetArgs.chain((fleet) => {
  const clusters = fleet.clusters.map(({ name }) => name);
  return fc
    .record({
      AccessPolicy: byName(() => accessArgs(clusters), 0, 2),
      ActiveHealthCheckPolicy: byName(() => healthCheckArgs, 0, 1),
      ClientTLSPolicy: byName(() => clientTlsArgs, 0, 1),
      ConnectionPolicy: byName(() => connectionArgs, 0, 1),
      FailoverPolicy: byName(() => failoverArgs, 0, 2),
      LoadBalancerPolicy: byName(() => loadBalancerArgs, 0, 2),
      OutlierDetectionPolicy: byName(() => outlierDetectionArgs, 0, 2),
    })
    .chain((ofEndpoints) =>
      fc.tuple(
        byName(
          (_, index) =>
            virtualDestinationArgs(`vd${index}`, clusters, withAccess(ofEndpoints, policiesOf(ofEndpoints))),
          0,
          3,
        ),
        byName((_, index) => externalServiceArgs(`es${index}`, clusters), 0, 2),
        fc.constant(ofEndpoints),
      ),
    )
    .chain(([virtualDestinations, externalServices, ofEndpoints]) => {
      const targets = { clusters, virtualDestinations, externalServices } as unknown as Targets;
      return fc
        .tuple(routePolicies(destination(targets)), listenerPolicies)
        .map(([ofRoutes, ofListeners]) => ({ targets, ofRoutes, ofListeners, ofEndpoints }));
    })
    .chain(({ targets, ofRoutes, ofListeners, ofEndpoints }) => {
      const onGateway = withAccess(ofEndpoints, listedBesides(ofListeners, listedOf(ofRoutes)));
      return byName((name) => gatewayArgs(name, clusters, onGateway), 1, 2).chain((gateways) => {
        const policies = { ...ofEndpoints, ...ofRoutes, ...ofListeners };
        const tables = tablesArgs(Object.keys(gateways), targets, listedOf(policies));
        const trims = byName(() => trimArgs(clusters, targets), 0, 2);
        return fc.tuple(tables, trims).map(([RouteTable, TrimProxyConfigPolicy]) => ({
          Fleet: { prod: fleet },
          VirtualGateway: gateways,
          VirtualDestination: targets.virtualDestinations,
          ExternalService: targets.externalServices,
          RouteTable,
          TrimProxyConfigPolicy,
          Workspace: {},
          WorkspaceSettings: {},
          ...policies,
          // always an error
          DLPPolicy: {},
          WAFPolicy: {},
          ActiveHealthCheckPolicy: probedBy(ofEndpoints.ActiveHealthCheckPolicy, Object.keys(gateways)),
        }));
      });
    });
});

/** The policies with the first gateway as the one that probes; several may share proxies, which is an error. */
function probedBy(policies: Readonly<Record<string, object>>, gateways: readonly string[]): Record<string, object> {
  const virtualGateways = gateways.slice(0, 1);
  return Object.fromEntries(Object.entries(policies).map(([name, policy]) => [name, { ...policy, virtualGateways }]));
}
/** Arguments that can be parsed, most of which a check accepts. */
export const parsableArgs: fc.Arbitrary<ModelArgs> = ownerlessArgs.chain(withWorkspaces);

/** Arguments of a model in which no check finds an error. */
export const checkedArgs: fc.Arbitrary<ModelArgs> = parsableArgs.map(withoutErrors);

/** Parses arguments; findings are thrown. */
export function modelFrom(args: ModelArgs): Model {
  const model = emptyModel();
  const findings = new Findings();
  for (const [kind, resources] of Object.entries(args) as [Kind, Readonly<Record<string, unknown>>][]) {
    for (const [name, each] of Object.entries(resources)) {
      const parsed = parseResource(kind, name, each, findings);
      if (parsed !== undefined) (model[kind] as Map<string, ModelOf[Kind]>).set(name, parsed);
    }
  }
  if (findings.all.length > 0) throw new Error(`arguments that should parse do not: ${JSON.stringify(findings.all)}`);
  return model;
}

/** Takes out what errors point at, a route or a resource, until there are none. */
export function withoutErrors(args: ModelArgs): ModelArgs {
  const errors = checkModel(modelFrom(args)).filter(({ severity }) => severity === "error");
  const places = new Map(errors.map((each) => [JSON.stringify([each.subject, each.path.slice(0, 2)]), each]));
  return errors.length === 0 ? args : withoutErrors([...places.values()].reduceRight(without, args));
}

/** The arguments without the entry of a list that a finding points at, or without the resource where that is not enough. */
function without(args: ModelArgs, { subject, path }: Diagnostic): ModelArgs {
  const kind = subject.kind as Kind;
  const { [subject.name]: resource, ...others } = args[kind];
  // a resource that is gone may be called as what every object inherits
  if (resource === undefined || !Object.hasOwn(args[kind], subject.name)) return args;
  const [field = "", index] = path;
  const { [field]: value, ...rest } = resource as Readonly<Record<string, unknown>>;
  if (field === "defaultDestination") return { ...args, [kind]: { ...others, [subject.name]: rest } };
  if (!Array.isArray(value) || typeof index !== "number" || value.length < 2) return { ...args, [kind]: others };
  const shorter = { ...rest, [field]: value.filter((_, at) => at !== index) };
  return { ...args, [kind]: { ...others, [subject.name]: shorter } };
}
