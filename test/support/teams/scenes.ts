import fc from "fast-check";
import type { ModelArgs } from "../models.js";
import { together } from "./lab.js";

/** The teams; each owns the namespace of its name. */
const TEAMS = ["red", "green", "blue"] as const;
type Team = (typeof TEAMS)[number];

/** What somebody does toward a team. */
const DEEDS = [
  "route",
  "pods",
  "fullName",
  "shortName",
  "endpoint",
  "wildcard",
  "addresses",
  "everybody",
  "sidecars",
  "trim",
  "home",
  "objects",
] as const;
type Deed = (typeof DEEDS)[number];

interface Act {
  readonly deed: Deed;
  /** Undefined: nobody. */
  readonly actor: Team | undefined;
  readonly target: Team;
  readonly consent: "none" | "workspace" | "fleet";
}

/** Several teams, what each shares with each, and what is done. */
export interface Scene {
  readonly acts: readonly Act[];
  /** Pairs `FROM>TO`: Services that the one exports, and that the other imports. */
  readonly exports: ReadonlySet<string>;
  readonly imports: ReadonlySet<string>;
}

/** References can't go in circles: settings import only from those of earlier teams. */
const PAIRS = ["red>green", "red>blue", "green>blue"];

export const scenes: fc.Arbitrary<Scene> = fc.record({
  acts: fc.array(
    fc.record({
      deed: fc.constantFrom(...DEEDS),
      actor: fc.constantFrom(...TEAMS, undefined),
      target: fc.constantFrom(...TEAMS),
      consent: fc.constantFrom("none" as const, "none" as const, "workspace" as const, "fleet" as const),
    }),
    { maxLength: 6 },
  ),
  exports: fc.subarray(PAIRS).map((pairs) => new Set(pairs)),
  imports: fc.subarray(PAIRS).map((pairs) => new Set(pairs)),
});

const PORTS = [{ number: 80, protocol: "HTTP" }];

interface Staged {
  readonly adds: ModelArgs;
  readonly subject: string;
  /** What is claimed: a host, an address, or a namespace. */
  readonly claims: { readonly field: "hosts" | "addresses" | "namespaces"; readonly value: string };
}

/** What an act declares; names are its own, so that acts don't meet. */
function stage({ deed, actor, target }: Act, index: number): Staged {
  const name = `act-${index}`;
  const common = { fleet: "prod", ...(actor && { workspace: `of-${actor}` }) };
  const misc = actor ?? "misc";
  const namespaces = { field: "namespaces", value: target } as const;
  const external = (fields: object): ModelArgs => ({
    externalServices: {
      [name]: {
        ...common,
        namespace: misc,
        hosts: [`act-${index}.example.org`],
        ports: PORTS,
        // what belongs to nobody is for nobody's callers
        ...(actor === undefined && { exportTo: ["misc"] }),
        ...fields,
      },
    },
  });
  const table = (fields: object): ModelArgs => ({
    routeTables: {
      [name]: {
        ...common,
        hosts: [`act-${index}.example.com`],
        http: [{ name: "all", directResponse: { status: 200 } }],
        ...fields,
      },
    },
  });
  const es = `ExternalService/${name}`;
  switch (deed) {
    case "route": {
      const destinations = [{ service: { name: `svc-${index}`, namespace: target, cluster: "east" }, port: 80 }];
      const http = [{ name: "all", forwardTo: { destinations } }];
      return { adds: table({ virtualGateways: ["web"], http }), subject: `RouteTable/${name}`, claims: namespaces };
    }
    case "pods": {
      const services = [{ namespace: target, labels: { app: name }, serviceAccounts: ["x"] }];
      const hidden = actor === undefined ? { exportTo: ["misc"] } : {};
      const destination = { ...common, ...hidden, hosts: [`act-${index}.net.example`], services, ports: PORTS };
      const adds = { virtualDestinations: { [name]: destination } };
      return { adds, subject: `VirtualDestination/${name}`, claims: namespaces };
    }
    case "fullName": {
      const host = `svc-${index}.${target}.svc.cluster.local`;
      return { adds: external({ hosts: [host] }), subject: es, claims: { field: "hosts", value: host } };
    }
    case "shortName": {
      const host = `svc-${index}.${target}`;
      return { adds: external({ hosts: [host] }), subject: es, claims: { field: "hosts", value: host } };
    }
    case "endpoint": {
      const address = `svc-${index}.${target}.svc`;
      return { adds: external({ endpoints: [{ address }] }), subject: es, claims: { field: "hosts", value: address } };
    }
    case "wildcard": {
      const host = `*.act-${index}.corp.example`;
      const services = [{ namespace: target, labels: { app: name }, serviceAccounts: ["x"] }];
      const victim = {
        fleet: "prod",
        workspace: `of-${target}`,
        hosts: [`a.act-${index}.corp.example`],
        services,
        ports: PORTS,
      };
      const adds = together(external({ hosts: [host] }), { virtualDestinations: { [`victim-${index}`]: victim } });
      return { adds, subject: es, claims: { field: "hosts", value: host } };
    }
    case "addresses": {
      const address = `10.0.${index}.1`;
      const adds = external({ addresses: [address], exportTo: [target], endpoints: [{ address: "192.0.2.9" }] });
      return { adds, subject: es, claims: { field: "addresses", value: address } };
    }
    case "everybody": {
      const host = `act-${index}.example.org`;
      return { adds: external({ exportTo: ["*"] }), subject: es, claims: { field: "hosts", value: host } };
    }
    case "sidecars":
      return { adds: table({ sidecars: { namespaces: [target] } }), subject: `RouteTable/${name}`, claims: namespaces };
    case "trim": {
      const workloads = { namespace: target, labels: { app: name } };
      const includedDestinations = [{ service: { name: "svc", namespace: "misc" } }];
      const adds = { trimProxyConfigPolicies: { [name]: { ...common, workloads, includedDestinations } } };
      return { adds, subject: `TrimProxyConfigPolicy/${name}`, claims: namespaces };
    }
    case "home":
      return {
        adds: table({ virtualGateways: ["web"], namespace: target }),
        subject: `RouteTable/${name}`,
        claims: namespaces,
      };
    case "objects":
      return { adds: external({ namespace: target }), subject: es, claims: namespaces };
  }
}

type Claimed = { -readonly [F in Staged["claims"]["field"]]: string[] };

/** What each team, and the whole fleet, may claim. */
function consentsOf({ acts }: Scene): ReadonlyMap<Team | "fleet", Claimed> {
  const consents = new Map<Team | "fleet", Claimed>();
  acts.forEach((act, index) => {
    const holder = act.consent === "fleet" ? "fleet" : act.consent === "workspace" ? act.actor : undefined;
    if (holder === undefined) return;
    const { field, value } = stage(act, index).claims;
    const known = consents.get(holder) ?? { hosts: [], addresses: [], namespaces: [] };
    known[field].push(value);
    consents.set(holder, known);
  });
  return consents;
}

/** The model of a scene. */
export function sceneModel(scene: Scene): ModelArgs {
  const consents = consentsOf(scene);
  const claimed = (holder: Team | "fleet") => (consents.has(holder) ? { mayClaim: consents.get(holder) } : {});
  const clusters = [{ name: "east", locality: { region: "us-east-1" } }];
  const sharing = (wanted: (pair: readonly string[]) => boolean, pairs: ReadonlySet<string>) =>
    [...pairs].map((pair) => pair.split(">")).filter(wanted);
  const base: ModelArgs = {
    fleets: { prod: { clusters, gatewayNamespaces: ["gateways"], ...claimed("fleet") } },
    virtualGateways: {
      web: { fleet: "prod", namespace: "gateways", workloads: { labels: { istio: "x" } }, listeners: [{ port: 80 }] },
    },
    workspaces: Object.fromEntries(
      TEAMS.map((team) => [
        `team-${team}`,
        { fleet: "prod", workloadClusters: [{ namespaces: [{ name: team }] }], ...claimed(team) },
      ]),
    ),
    workspaceSettings: Object.fromEntries(
      TEAMS.map((team) => [
        `of-${team}`,
        {
          workspace: `team-${team}`,
          exportTo: sharing(([from]) => from === team, scene.exports).map(([, to]) => ({
            workspaces: [`team-${to}`],
            resources: [{ kind: "SERVICE" }],
          })),
          importFrom: sharing(([, to]) => to === team, scene.imports).map(([from]) => ({ workspaces: [`of-${from}`] })),
        },
      ]),
    ),
  };
  return together(base, ...scene.acts.map((act, index) => stage(act, index).adds));
}

/** What is to be found: each act that reaches over, by its subject and code. */
export function expectedOf(scene: Scene): readonly string[] {
  const consents = consentsOf(scene);
  const found = scene.acts.flatMap((act, index) => {
    const { subject, claims } = stage(act, index);
    const holders = [consents.get("fleet"), act.actor && consents.get(act.actor)];
    const has = (field: Staged["claims"]["field"], value: string) =>
      holders.some((each) => each?.[field].includes(value));
    const isConsented =
      has(claims.field, claims.value) ||
      (act.deed !== "wildcard" && act.deed !== "everybody" && has("namespaces", act.target));
    if (act.actor === act.target && act.deed !== "everybody") return [];
    // what is consented to are the addresses; the host that goes with them is exported as well
    if (isConsented && act.deed === "addresses" && !has("namespaces", act.target)) return [`${subject} MW0641`];
    if (isConsented) return [];
    return codesOf(act, scene).map((code) => `${subject} ${code}`);
  });
  return [...new Set(found)].sort();
}

/** What else is found beside that of the deed. */
function codesOf(act: Act, scene: Scene): readonly string[] {
  const code = codeOf(act, scene);
  if (code === undefined) return [];
  return act.deed === "addresses" ? [code, "MW0641"] : [code];
}

function codeOf({ deed, actor, target }: Act, { exports, imports }: Scene): string | undefined {
  switch (deed) {
    case "route": {
      if (actor === undefined) return "MW0630";
      const pair = `${target}>${actor}`;
      if (!imports.has(pair)) return "MW0604";
      return exports.has(pair) ? undefined : "MW0602";
    }
    case "fullName":
    case "shortName":
      return "MW0631";
    case "wildcard":
      return "MW0632";
    case "endpoint":
      return "MW0633";
    case "addresses":
      return "MW0634";
    case "everybody":
      return "MW0638";
    default:
      return actor === undefined ? "MW0630" : "MW0601";
  }
}
