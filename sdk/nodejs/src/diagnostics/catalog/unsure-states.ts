import { entry } from "../catalog-entry.js";
import { stateDelete } from "../state-delete.js";
import { quote } from "../words.js";

/** 056x: states that disagree with clusters, or can't be read. */
export const unsureStates = {
  MW0560: entry<{ object: string; cluster: string; owner: string; urn: string }>({
    name: "object-not-released",
    severity: "error",
    meaning: "An object to be taken over from another stack is still in that stack's state.",
    message: ({ object, cluster, owner }) =>
      `stack ${quote(owner)} still has ${quote(object)} of cluster ${quote(cluster)} in its state, ` +
      "expected it to be removed before this stack takes it over",
    detail: ({ urn }) => `its URN in that stack is ${urn}`,
    help: ({ owner, urn }) =>
      "the next `pulumi up` of that stack without the resource, or `pulumi destroy`, would delete the object: " +
      `run \`${stateDelete(owner, urn)}\`, and remove the resource from that stack's program`,
  }),
  MW0561: entry<{ object: string; cluster: string; why: string }>({
    name: "cluster-does-not-answer",
    severity: "error",
    meaning: "A cluster can't be queried for an object, and Pulumi may be about to delete one with that name.",
    message: ({ object, cluster, why }) =>
      `cluster ${quote(cluster)} can't be queried for ${quote(object)} (${why}), ` +
      "and an object with that name is about to be replaced or deleted",
    help: () =>
      "nothing is deleted until the cluster answers, whatever a preview lists: run `pulumi up` again then; " +
      "if it is another cluster than before, or never lets this user list objects, " +
      "add the new cluster in a run that still has the former one, and remove that in a later run",
  }),
  MW0562: entry<{ object: string; cluster: string }>({
    name: "stack-not-exported",
    severity: "error",
    meaning: "The stack can't be exported, so pending deletes, which matter here, are not known.",
    message: ({ object, cluster }) =>
      `the stack can't be exported, so it is not known what Pulumi would delete ` +
      `with ${quote(object)} of cluster ${quote(cluster)}`,
    help: () =>
      "find out why `pulumi stack export` fails where this program runs: " +
      "check the CLI on PATH, the backend and its variables",
  }),
  MW0563: entry<{ object: string; cluster: string }>({
    name: "object-lost-by-interrupted-run",
    severity: "error",
    meaning: "The last run was interrupted or failed, and a cluster lacks an object that the stack's state has.",
    message: ({ object, cluster }) =>
      `cluster ${quote(cluster)} lacks ${quote(object)}, which this stack's state has: ` +
      "the last run was interrupted or failed while deleting, or someone else deleted it",
    help: () => "run `pulumi refresh`, which removes it from the state, and then `pulumi up`, which recreates it",
  }),
  MW0564: entry<{ cluster: string; why: string }>({
    name: "unverified-after-interrupted-run",
    severity: "warning",
    meaning:
      "The last run was interrupted or failed, and a cluster can't be queried to verify that it still has all objects.",
    message: ({ cluster, why }) =>
      `the last run was interrupted or failed, and cluster ${quote(cluster)} can't be queried (${why}) ` +
      "to verify that all its objects still exist",
    help: () => "run `pulumi refresh` once it answers: otherwise later runs treat missing objects as unchanged",
  }),
  MW0565: entry<{ object: string; cluster: string; command: string }>({
    name: "leftover-of-killed-run",
    severity: "warning",
    meaning: "A run that was killed created an object that neither the stack's state nor the program has.",
    message: ({ object, cluster }) =>
      `a run that was killed created ${quote(object)} in cluster ${quote(cluster)}; ` +
      "neither the state nor the program has it, so no run will delete it",
    help: ({ command, cluster }) =>
      `delete it in cluster ${quote(cluster)} with \`${command}\`, ` +
      "and then run `pulumi refresh --clear-pending-creates`",
  }),
  MW0566: entry<{ cluster: string; other: string }>({
    name: "repeated-identifier",
    severity: "error",
    meaning: "Two clusters of a fleet have the same `clusterIdentifier`, which must identify one cluster.",
    message: ({ cluster, other }) =>
      `clusters ${quote(other)} and ${quote(cluster)} have the same \`clusterIdentifier\`, expected a unique one for ` +
      `each`,
    help: () =>
      "give each cluster a unique identifier, such as its ARN; or remove one entry if both are the same cluster",
  }),
  MW0567: entry<{ object: string; cluster?: string }>({
    name: "nothing-to-adopt",
    severity: "warning",
    meaning: "An entry under `adopt` matches no object that a resource of the program has.",
    message: ({ object, cluster }) =>
      `no resource of this program has ${quote(object)}` +
      `${cluster === undefined ? "" : ` in cluster ${quote(cluster)}`}, expected an object that one has`,
    help: () => "compare its kind, namespace, name and cluster with the object in the cluster, or remove the entry",
  }),
};
