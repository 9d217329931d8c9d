import { entry } from "../catalog-entry.js";
import { stateDelete } from "../state-delete.js";
import { quote } from "../words.js";

/** ` (and 3 more of this resource)`; empty for none. */
function andOthers(count = 0): string {
  return count === 0 ? "" : ` (and ${count} more of this resource)`;
}

/** 054x and 0550 to 0555: the program and resource that own an object in a cluster, and its fate in this run. */
export const ownership = {
  MW0540: entry<{ cluster: string }>({
    name: "provider-upserts",
    severity: "error",
    meaning: "The provider given for a cluster takes over existing objects without checking who owns them.",
    message: ({ cluster }) =>
      `the provider of cluster ${quote(cluster)} has \`upsertExistingObjects\`, expected it to be off`,
    help: () =>
      "set `upsertExistingObjects: false` on it (the variable PULUMI_K8S_UPSERT_EXISTING_OBJECTS sets it too): " +
      "a create that takes over an object would lose it to the delete of its former URN; " +
      "to take over specific objects, list them under `adopt` of the fleet",
  }),
  MW0541: entry<{
    object: string;
    cluster: string;
    owner: string;
    urn: string;
    snippet: string;
    others?: number;
    /** The URNs of this object and the others. */
    urns?: readonly string[];
  }>({
    name: "object-of-another-stack",
    severity: "error",
    meaning: "An object that a resource would create already exists in the cluster and belongs to another stack.",
    message: ({ object, cluster, owner, others }) =>
      `${quote(object)}${andOthers(others)} of cluster ${quote(cluster)} belongs to stack ${quote(owner)}`,
    detail: ({ urn }) => `its URN in that stack is ${urn}`,
    help: ({ owner, urn, urns = [urn], snippet }) =>
      "name this resource differently; or, to move the object here, " +
      `first run ${urns.map((each) => `\`${stateDelete(owner, each)}\``).join(", ")} ` +
      `and remove the resource from that stack's program, then give this fleet \`adopt: [${snippet}]\``,
  }),
  MW0542: entry<{ object: string; cluster: string; snippet: string }>({
    name: "unowned-object",
    severity: "error",
    meaning:
      "An object that a resource would create already exists in the cluster, and nothing marks it as this stack's.",
    message: ({ object, cluster }) =>
      `${quote(object)} already exists in cluster ${quote(cluster)} and names no owner, ` +
      "expected no object with this name",
    help: ({ snippet }) =>
      `to take it over, give the fleet \`adopt: [${snippet}]\`; otherwise, name this resource differently`,
  }),
  MW0543: entry<{
    object: string;
    cluster: string;
    urn: string;
    own: string;
    /** The entry of `adopt` that would take the object over. */
    snippet: string;
    /** The former name of the cluster, if nothing else differs. */
    former?: string;
    /** The fleet still has a cluster with the former name. */
    isFormerKept?: boolean;
    /** Only the resource's parent differs. */
    isMoved?: boolean;
    /** The number of other objects of the resource with the same finding. */
    others?: number;
    urns?: readonly string[];
  }>({
    name: "object-of-renamed-resource",
    severity: "error",
    meaning:
      "A resource would create an object that this stack has under another URN, " +
      "and that Pulumi would delete at the end of the run.",
    message: ({ object, cluster, others }) =>
      `${quote(object)}${andOthers(others)} of cluster ${quote(cluster)} is in this stack under another URN: ` +
      "Pulumi would create it again and then delete it",
    detail: ({ urn, own }) => `found ${urn}, expected ${own}`,
    help: ({ cluster, former, isFormerKept, isMoved, snippet }) => {
      if (former !== undefined && isFormerKept === true)
        return (
          `${quote(cluster)} now points to the cluster that ${quote(former)} pointed to: revert that, ` +
          "or rename one cluster per run, with `formerNames`"
        );
      const otherwise =
        "if a failed run, `pulumi state rename` or an older state left it there, " +
        `give the fleet \`adopt: [${snippet}]\` for one run`;
      if (former !== undefined)
        return (
          `if the cluster was renamed, give ${quote(cluster)} \`formerNames: ["${former}"]\` ` +
          `and, if it has no \`network\`, \`network: "${former}"\`; ${otherwise}`
        );
      const aliases =
        "`aliases` in the options of the resource that moved " +
        "(into a component: `aliases: [{ parent: pulumi.rootStackResource }]`)";
      return isMoved === true
        ? `set ${aliases}; ${otherwise}`
        : `declare what was renamed or moved: \`formerNames\` of a cluster in the fleet, or ${aliases}; ${otherwise}`;
    },
  }),
  MW0544: entry<{ object: string; cluster: string }>({
    name: "object-would-be-replaced",
    severity: "error",
    meaning:
      "The connection settings of a cluster changed, so Pulumi would create its objects again and then delete the " +
      "old ones by name, which are the same objects.",
    message: ({ object, cluster }) =>
      `${quote(object)} is in cluster ${quote(cluster)}, whose connection settings changed: ` +
      "Pulumi would create it again and then delete it",
    help: () =>
      "this run changed none of the objects: run `pulumi up` again, which keeps them; to avoid the second run, " +
      "set `clusterIdentifier` of the cluster in a run before the next such change",
  }),
  MW0545: entry<{ object: string; cluster: string }>({
    name: "cluster-connection-changed",
    severity: "warning",
    meaning: "The connection settings of a cluster changed, which stops the next run once.",
    message: ({ object, cluster }) =>
      `the connection settings of cluster ${quote(cluster)} changed, ` +
      `and its objects, such as ${quote(object)}, already exist`,
    help: () =>
      "the replacements and deletions that this preview lists will not happen: `pulumi up` will stop with MW0544 " +
      "before anything is lost, and continue when you run it again; to avoid that, " +
      "set `clusterIdentifier` of the cluster in a run before such a change",
  }),
  MW0546: entry<{ object: string; cluster: string }>({
    name: "object-not-in-cluster",
    severity: "error",
    meaning: "The connection settings of a cluster changed, and it lacks an object that the stack's state has.",
    message: ({ object, cluster }) =>
      `the connection settings of cluster ${quote(cluster)} changed, and it lacks ${quote(object)}, ` +
      "which this stack's state has there",
    help: () =>
      "if it is another cluster, or was recreated, run `pulumi refresh` and then `pulumi up`, which creates the " +
      "objects there (objects in a former cluster stay in it); otherwise correct `context` or `kubeconfig`",
  }),
  MW0547: entry<{ object: string; cluster: string; owner: string; urn: string }>({
    name: "adopted-from-another-stack",
    severity: "warning",
    meaning: "An object that is listed under `adopt` is taken over from another stack, whose state can't be read.",
    message: ({ object, cluster, owner }) =>
      `${quote(object)} of cluster ${quote(cluster)} is taken over from stack ${quote(owner)}, ` +
      "whose state can't be read from here",
    help: ({ owner, urn }) =>
      `make sure that stack's state no longer has the object (\`${stateDelete(owner, urn)}\`); ` +
      "otherwise its next `pulumi up` without the resource, or `pulumi destroy`, deletes the object",
  }),
  MW0548: entry<{ former: string; cluster: string }>({
    name: "former-name-in-use",
    severity: "error",
    meaning: "A former name of a cluster is the name, or a former name, of another cluster.",
    message: ({ former, cluster }) => `${quote(former)} is a name or former name of cluster ${quote(cluster)} too`,
    help: () =>
      "keep the former name only on the cluster that had it; rename one cluster per run, " +
      "and swap two names in three runs, through a third name",
  }),
  MW0549: entry<{ cluster: string; former: string }>({
    name: "network-renamed",
    severity: "warning",
    meaning: "A renamed cluster has no explicit `network`, so its network is renamed with it.",
    message: ({ cluster, former }) =>
      `the network of cluster ${quote(cluster)} was named ${quote(former)} and now has the cluster's new name`,
    help: ({ former }) =>
      `set \`network: "${former}"\` if the cluster's mesh still uses that name; ` +
      "otherwise set `network` to the new name, to make the change explicit",
  }),
  MW0550: entry<{ object: string; cluster: string; urn: string }>({
    name: "move-not-finished",
    severity: "error",
    meaning:
      "A move to another cluster was interrupted and is now reverted: " +
      "Pulumi still has to delete objects of the first cluster, and deletes by name.",
    message: ({ object, cluster }) =>
      `${quote(object)} of cluster ${quote(cluster)} is not the object of that name in this stack, ` +
      "which is in another cluster: Pulumi may still have to delete this one",
    detail: ({ urn }) => `the URN of the other one in this stack is ${urn}`,
    help: () =>
      "finish the move before you revert it: point the program to the other cluster again, " +
      "and run `pulumi up` until it succeeds; if the other cluster is gone, " +
      "remove the entries with `delete: true` from the state (`pulumi stack export`, `pulumi stack import`), " +
      "and the objects in the other cluster with `pulumi state delete`: the objects here are then taken over",
  }),
  MW0551: entry<{ object: string; cluster: string; former: string }>({
    name: "provider-renamed",
    severity: "error",
    meaning:
      "Both the provider and the connection settings of a cluster changed, so Pulumi would create its objects again " +
      "and then delete the old ones by name, which are the same objects.",
    message: ({ object, cluster }) =>
      `${quote(object)} is in cluster ${quote(cluster)}, whose provider and connection settings both changed: ` +
      "Pulumi would create it again and then delete it",
    detail: ({ former }) => `its former provider is ${former}`,
    help: ({ former }) =>
      `give the new provider \`aliases: ["${former}"]\` in the first run that has it; ` +
      "or give the former provider the new connection settings first (MW0544), and change the provider in a later run",
  }),
  MW0552: entry<{ object: string; cluster: string; what: string; by: string }>({
    name: "change-takes-two-runs",
    severity: "warning",
    meaning: "An update in place removes something that routes use until the same run has updated them.",
    message: ({ object, cluster, what, by }) =>
      `this run removes ${what} from ${quote(object)} in cluster ${quote(cluster)} while ${quote(by)} still uses it: ` +
      "requests may fail until the run ends",
    help: () =>
      "make the change in two runs: first add the new alongside the old and move the routes, " +
      "then remove the old (docs/changes.md)",
  }),
  MW0553: entry<{ object: string; cluster: string }>({
    name: "delete-still-pending",
    severity: "error",
    meaning:
      "A stack would create an object while it still has to delete one with the same name, from a cluster or a " +
      "namespace that it has left: Pulumi creates first, and then deletes by name.",
    message: ({ object, cluster }) =>
      `the stack still has to delete ${quote(object)}, ` +
      `expected that to be done before it is created in cluster ${quote(cluster)}`,
    help: () =>
      "restore the program as it was, and run `pulumi up` until it succeeds, which deletes what is left " +
      "(with PULUMI_K8S_DELETE_UNREACHABLE=true if that cluster is gone for good); then make the change",
  }),
  MW0554: entry<{ object: string; cluster: string; owner: string; snippet: string }>({
    name: "object-of-namesake-stack",
    severity: "error",
    meaning:
      "An object that a resource would create already exists in the cluster and belongs to another stack with the " +
      "same name: one in another backend, or one that had this name before.",
    message: ({ object, cluster, owner }) =>
      `${quote(object)} of cluster ${quote(cluster)} belongs to another stack named ${quote(owner)}, ` +
      "whose providers this stack does not have",
    help: ({ snippet }) =>
      "if that stack still has the object, name this stack or this resource differently; " +
      `if it is gone, or this stack's state was lost, give the fleet \`adopt: [${snippet}]\` for one run`,
  }),
  MW0555: entry<{ object: string; cluster: string }>({
    name: "object-being-deleted",
    severity: "error",
    meaning:
      "An object that a resource would take over or keep is being deleted: it goes away once its finalizers are done.",
    message: ({ object, cluster }) =>
      `${quote(object)} of cluster ${quote(cluster)} is being deleted, expected it to be gone, or to stay`,
    help: () =>
      "wait until it is gone (its `metadata.finalizers` show what is holding it), and run `pulumi up` again, " +
      "which recreates it; if the stack's state has it, run `pulumi refresh` first",
  }),
};
