import fc from "fast-check";
import type { ModelArgs } from "./model-args.js";
import { defined, maybe } from "./names.js";

type Args = Readonly<Record<string, unknown>>;

/** The namespaces of other arbitraries, in two halves. */
const NAMESPACES = { left: ["shop", "gateways"], right: ["istio-system", "n".repeat(63)] } as const;
type Team = keyof typeof NAMESPACES;
const ALL = [...NAMESPACES.left, ...NAMESPACES.right];

const resources = fc.constantFrom(
  undefined,
  [{}],
  [{ kind: "VIRTUAL_DESTINATION" }, { kind: "SERVICE", namespace: "shop" }],
  [{ labels: { shared: "yes" } }, { kind: "EXTERNAL_SERVICE", namespace: "shop" }],
);

/** One team's settings. The other's are named by its settings only in one direction: programs can't make references that go in circles. */
const settings = (workspace: Team, other: string) =>
  fc
    .record({
      importFrom: maybe(resources.map((shared) => [defined({ workspaces: [other], resources: shared })])),
      exportTo: maybe(resources.map((shared) => [defined({ workspaces: [other], resources: shared })])),
      serviceIsolation: fc.boolean(),
    })
    .map(({ serviceIsolation, ...rest }) =>
      defined({ workspace, ...rest, ...(serviceIsolation && { options: { serviceIsolation: { enabled: true } } }) }),
    );

const ownership = fc.record({
  left: settings("left", "Workspace/right"),
  right: settings("right", "WorkspaceSettings/left"),
  tables: fc.constantFrom(undefined, "Workspace/left", "WorkspaceSettings/left", "WorkspaceSettings/right"),
  isOwned: fc.constantFrom(
    () => false,
    () => true,
    () => true,
    (name: string) => name.length % 2 === 0,
  ),
  // most of what is made up lies somewhere else than its owner's
  fleet: fc.constantFrom(
    {},
    { gatewayNamespaces: ["gateways"] },
    { gatewayNamespaces: ALL, mayClaim: { namespaces: ALL } },
    { gatewayNamespaces: ALL, mayClaim: { namespaces: ALL, hosts: ["*"] } },
  ),
  labels: fc.constantFrom(undefined, { shared: "yes" }),
});

/** The same resources as those of teams, in half of the models. */
export function withWorkspaces(args: ModelArgs): fc.Arbitrary<ModelArgs> {
  const none = { ...args, Workspace: {}, WorkspaceSettings: {} };
  const teams = ownership.map(({ left, right, tables, isOwned, labels, fleet }): ModelArgs => {
    const owned = (all: Args, namespaceOf: (each: Args) => unknown, more: Args = {}): Args =>
      Object.fromEntries(
        Object.entries(all).map(([name, each]) => {
          const team = teamOf(namespaceOf(each as Args));
          const owner = isOwned(name) ? { workspace: `WorkspaceSettings/${team}` } : {};
          return [name, defined({ ...(each as Args), ...owner, ...more })];
        }),
      );
    const ofServices = ({ services }: Args) => (services as readonly Args[])[0]?.["namespace"];
    return {
      ...args,
      Fleet: { prod: { ...(args.Fleet["prod"] as Args), ...fleet } },
      Workspace: {
        left: { fleet: "prod", workloadClusters: [{ namespaces: NAMESPACES.left.map((name) => ({ name })) }] },
        right: { fleet: "prod", workloadClusters: [{ namespaces: NAMESPACES.right.map((name) => ({ name })) }] },
      },
      WorkspaceSettings: { left, right },
      VirtualGateway: owned(args.VirtualGateway, ({ namespace }) => namespace),
      VirtualDestination: owned(args.VirtualDestination, ofServices, { labels }),
      ExternalService: owned(args.ExternalService, ({ namespace }) => namespace, { labels }),
      RouteTable: Object.fromEntries(
        Object.entries(args.RouteTable).map(([name, each]) => [
          name,
          defined({ ...(each as Args), workspace: tables }),
        ]),
      ),
    };
  });
  return fc.oneof(fc.constant(none), teams);
}

function teamOf(namespace: unknown): Team {
  return NAMESPACES.left.some((each) => each === namespace) ? "left" : "right";
}
