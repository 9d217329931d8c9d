import { entry } from "../catalog-entry.js";
import { stateDelete } from "../state-delete.js";
import { quote } from "../words.js";

/** `and 3 more objects`. */
function andOthers(count = 0): string {
  return count === 0 ? "" : ` (and ${count} more of this resource)`;
}

/** 054x and 0550 to 0555: which program and resource an object of a cluster belongs to, and what becomes of it. */
export const ownership = {
  MW0540: entry<{ cluster: string }>({
    name: "provider-upserts",
    severity: "error",
    meaning:
      "The provider that a cluster was given takes over whatever is in the cluster, without a look at whose it is.",
    message: ({ cluster }) =>
      `the provider of cluster ${quote(cluster)} has \`upsertExistingObjects\`, expected one without`,
    help: () =>
      "set `upsertExistingObjects: false` on it (the variable PULUMI_K8S_UPSERT_EXISTING_OBJECTS sets it too): a create that takes an object over would lose it to the delete of its former URN; `adopt` of the fleet takes over what is listed",
  }),
  MW0541: entry<{
    object: string;
    cluster: string;
    owner: string;
    urn: string;
    snippet: string;
    others?: number;
    /** Those of all that it is the same with. */
    urns?: readonly string[];
  }>({
    name: "object-of-another-stack",
    severity: "error",
    meaning: "An object that a resource would make is in the cluster already and belongs to another stack.",
    message: ({ object, cluster, owner, others }) =>
      `${quote(object)}${andOthers(others)} of cluster ${quote(cluster)} belongs to stack ${quote(owner)}`,
    detail: ({ urn }) => `that stack has it as ${urn}`,
    help: ({ owner, urn, urns = [urn], snippet }) =>
      `name this resource differently; or, to move the object here, first run ${urns.map((each) => `\`${stateDelete(owner, each)}\``).join(", ")} and take the resource out of that stack's program, then give this fleet \`adopt: [${snippet}]\``,
  }),
  MW0542: entry<{ object: string; cluster: string; snippet: string }>({
    name: "object-of-nobody",
    severity: "error",
    meaning:
      "An object that a resource would make is in the cluster already, and nothing says that it is this stack's.",
    message: ({ object, cluster }) =>
      `${quote(object)} is in cluster ${quote(cluster)} already and says nothing of an owner, expected none of this name`,
    help: ({ snippet }) =>
      `to take it over, give the fleet \`adopt: [${snippet}]\`; else name this resource differently`,
  }),
  MW0543: entry<{
    object: string;
    cluster: string;
    urn: string;
    own: string;
    /** The entry of `adopt` that would take the object over. */
    snippet: string;
    /** What the cluster was called, where only that differs, and whether another cluster of the fleet is called so. */
    former?: string;
    isFormerKept?: boolean;
    /** Whether only what the resource lies in differs. */
    isMoved?: boolean;
    /** Objects of the resource besides this one that it is the same with. */
    others?: number;
    urns?: readonly string[];
  }>({
    name: "object-of-renamed-resource",
    severity: "error",
    meaning:
      "A resource would make an object that this stack has under another URN, and that Pulumi would delete at the end of the run.",
    message: ({ object, cluster, others }) =>
      `${quote(object)}${andOthers(others)} of cluster ${quote(cluster)} is in this stack under another URN: Pulumi would make it anew and then delete it`,
    detail: ({ urn, own }) => `found ${urn}, expected ${own}`,
    help: ({ cluster, former, isFormerKept, isMoved, snippet }) => {
      if (former !== undefined && isFormerKept === true)
        return `${quote(cluster)} leads to the cluster that ${quote(former)} led to: take that back, or rename one cluster in a run, with \`formerNames\``;
      const otherwise = `where a failed run, \`pulumi state rename\` or an older state left it there, give the fleet \`adopt: [${snippet}]\` for one run`;
      if (former !== undefined)
        return `if the cluster was renamed, give ${quote(cluster)} \`formerNames: ["${former}"]\` and, where it has no \`network\`, \`network: "${former}"\`; ${otherwise}`;
      const aliases =
        "`aliases` in the options of the resource that moved (into a component: `aliases: [{ parent: pulumi.rootStackResource }]`)";
      return isMoved === true
        ? `give ${aliases}; ${otherwise}`
        : `say what was renamed or moved: \`formerNames\` of a cluster in the fleet, ${aliases}; ${otherwise}`;
    },
  }),
  MW0544: entry<{ object: string; cluster: string }>({
    name: "object-would-be-replaced",
    severity: "error",
    meaning:
      "A cluster is reached in another way than before, so that Pulumi would make its objects anew and then delete those of the same name, which are the same.",
    message: ({ object, cluster }) =>
      `${quote(object)} is in cluster ${quote(cluster)}, which is reached in another way than before: Pulumi would make it anew and then delete it`,
    help: () =>
      "this run touched none of them: run `pulumi up` again, which keeps the objects; a `clusterIdentifier` of the cluster, set in a run before the next change, spares the second run",
  }),
  MW0545: entry<{ object: string; cluster: string }>({
    name: "way-to-cluster-changed",
    severity: "warning",
    meaning: "A cluster is reached in another way than before, and the next run stops once because of it.",
    message: ({ object, cluster }) =>
      `cluster ${quote(cluster)} is reached in another way than before, and its objects, such as ${quote(object)}, are there already`,
    help: () =>
      "the replaces and deletes that this preview lists will not happen: `pulumi up` will stop with MW0544 before anything is lost, and go on when it is run again; a `clusterIdentifier` of the cluster, set in a run before such a change, spares that",
  }),
  MW0546: entry<{ object: string; cluster: string }>({
    name: "object-not-in-cluster",
    severity: "error",
    meaning: "A cluster is reached in another way than before and lacks an object that the stack's state has.",
    message: ({ object, cluster }) =>
      `cluster ${quote(cluster)} is reached in another way than before and lacks ${quote(object)}, which this stack's state has in it`,
    help: () =>
      "if it is another cluster or was made anew, run `pulumi refresh` and then `pulumi up`, which makes the objects there (those of a former cluster stay in it); else mend `context` or `kubeconfig`",
  }),
  MW0547: entry<{ object: string; cluster: string; owner: string; urn: string }>({
    name: "adopted-from-another-stack",
    severity: "warning",
    meaning: "An object that is listed under `adopt` is taken over from another stack, whose state can't be read.",
    message: ({ object, cluster, owner }) =>
      `${quote(object)} of cluster ${quote(cluster)} is taken over from stack ${quote(owner)}, whose state can't be read from here`,
    help: ({ owner, urn }) =>
      `make sure that it no longer has the object in its state (\`${stateDelete(owner, urn)}\`), or its next \`pulumi up\` without the resource, or \`pulumi destroy\`, deletes it`,
  }),
  MW0548: entry<{ former: string; cluster: string }>({
    name: "former-name-in-use",
    severity: "error",
    meaning: "A former name of a cluster is the name, or a former name, of another one.",
    message: ({ former, cluster }) => `${quote(former)} is a name of cluster ${quote(cluster)} as well`,
    help: () =>
      "a former name belongs to the one cluster that had it; rename one cluster in a run, and two that exchange names by way of a third name, in three runs",
  }),
  MW0549: entry<{ cluster: string; former: string }>({
    name: "network-renamed",
    severity: "warning",
    meaning:
      "A renamed cluster has no `network` of its own, so that the name of its network changes with the cluster's.",
    message: ({ cluster, former }) =>
      `the network of cluster ${quote(cluster)} was called ${quote(former)} and is now called as the cluster`,
    help: ({ former }) =>
      `set \`network: "${former}"\` if the cluster's mesh still calls it so; else set \`network\` to its new name, so that this is said`,
  }),
  MW0550: entry<{ object: string; cluster: string; urn: string }>({
    name: "move-not-finished",
    severity: "error",
    meaning:
      "A move to another cluster was stopped half way and is taken back: Pulumi still has to delete objects of the first cluster, and does so by name.",
    message: ({ object, cluster }) =>
      `${quote(object)} of cluster ${quote(cluster)} is not the object of that name that this stack has, which is in another cluster: Pulumi may still have to delete this one`,
    detail: ({ urn }) => `the stack has the other one as ${urn}`,
    help: () =>
      "finish the move before you take it back: let the program name the other cluster again, and run `pulumi up` until it succeeds; if the other cluster is gone, take what has `delete: true` out of the state (`pulumi stack export`, `pulumi stack import`), and the objects in the other cluster by `pulumi state delete`: what is here is then taken over",
  }),
  MW0551: entry<{ object: string; cluster: string; former: string }>({
    name: "provider-renamed",
    severity: "error",
    meaning:
      "A cluster is reached through another provider than before, and in another way, so that Pulumi would make its objects anew and then delete those of the same name, which are the same.",
    message: ({ object, cluster }) =>
      `${quote(object)} is in cluster ${quote(cluster)}, which is reached through another provider and in another way than before: Pulumi would make it anew and then delete it`,
    detail: ({ former }) => `it came through ${former}`,
    help: ({ former }) =>
      `give the new provider \`aliases: ["${former}"]\` in the first run that has it; or let the former provider take the new way first (MW0544), and change the provider in a later run`,
  }),
  MW0552: entry<{ object: string; cluster: string; what: string; by: string }>({
    name: "change-takes-two-runs",
    severity: "warning",
    meaning: "An update in place takes something away that routes use until the same run has moved them.",
    message: ({ object, cluster, what, by }) =>
      `${what} goes from ${quote(object)} in cluster ${quote(cluster)} while ${quote(by)} still uses it: requests may fail until this run has ended`,
    help: () =>
      "make the change in two runs: first put the new beside the old and move the routes, then take the old away (docs/changes.md)",
  }),
  MW0553: entry<{ object: string; cluster: string }>({
    name: "delete-still-pending",
    severity: "error",
    meaning:
      "A stack would create an object while it still has to delete one of the same name, from a cluster or a namespace that it has left: Pulumi creates first, and then deletes by name.",
    message: ({ object, cluster }) =>
      `the stack still has to delete ${quote(object)}, expected that to be done before it is created in cluster ${quote(cluster)}`,
    help: () =>
      "run `pulumi up` with the program as it was until it succeeds, which deletes what is left (with PULUMI_K8S_DELETE_UNREACHABLE=true where that cluster is gone for good), and then make the change",
  }),
  MW0554: entry<{ object: string; cluster: string; owner: string; snippet: string }>({
    name: "object-of-stack-of-same-name",
    severity: "error",
    meaning:
      "An object that a resource would make is in the cluster already and belongs to another stack of the same name: one of another backend, or one that had this name before.",
    message: ({ object, cluster, owner }) =>
      `${quote(object)} of cluster ${quote(cluster)} belongs to a stack called ${quote(owner)} whose providers this stack does not have, expected this one's`,
    help: ({ snippet }) =>
      `if that stack still has the object, name this stack or this resource differently; if it is gone, or this stack's state was lost, give the fleet \`adopt: [${snippet}]\` for one run`,
  }),
  MW0555: entry<{ object: string; cluster: string }>({
    name: "object-is-going",
    severity: "error",
    meaning:
      "An object that a resource would take over or keep is being deleted: it goes when its finalizers are done.",
    message: ({ object, cluster }) =>
      `${quote(object)} of cluster ${quote(cluster)} is being deleted, expected it to be gone, or to stay`,
    help: () =>
      "wait until it is gone (its `metadata.finalizers` say who holds it), and run `pulumi up` again, which creates it again; if the stack's state has it, run `pulumi refresh` before",
  }),
};
