import { entry } from "../catalog-entry.js";
import { stateDelete } from "../state-delete.js";
import { quote } from "../words.js";

/** 056x: where states and clusters disagree, or can't be asked. */
export const unsureStates = {
  MW0560: entry<{ object: string; cluster: string; owner: string; urn: string }>({
    name: "object-not-given-up",
    severity: "error",
    meaning: "An object that is to be taken over from another stack is still in that stack's state.",
    message: ({ object, cluster, owner }) =>
      `stack ${quote(owner)} still has ${quote(object)} of cluster ${quote(cluster)} in its state, expected it to be given up before this stack takes it over`,
    detail: ({ urn }) => `that stack has it as ${urn}`,
    help: ({ owner, urn }) =>
      `its next \`pulumi up\` without the resource, or \`pulumi destroy\`, would delete the object: run \`${stateDelete(owner, urn)}\`, and take the resource out of that stack's program`,
  }),
  MW0561: entry<{ object: string; cluster: string; why: string }>({
    name: "cluster-does-not-answer",
    severity: "error",
    meaning: "A cluster can't be asked whether it has an object, and Pulumi may be about to delete one of that name.",
    message: ({ object, cluster, why }) =>
      `cluster ${quote(cluster)} can't be asked for ${quote(object)} (${why}), and an object of that name is about to be replaced or deleted`,
    help: () =>
      "nothing is deleted until it answers, whatever a preview lists: run `pulumi up` again then; where it is another cluster than before, or never lets this user list objects, add the new one in a run that still has the former, which goes in a later one",
  }),
  MW0562: entry<{ object: string; cluster: string }>({
    name: "stack-not-exported",
    severity: "error",
    meaning: "What Pulumi still has to delete is not known, because the stack can't be exported, and it decides here.",
    message: ({ object, cluster }) =>
      `what Pulumi would delete with ${quote(object)} of cluster ${quote(cluster)} is not known: the stack can't be exported`,
    help: () =>
      "find out why `pulumi stack export` fails where this program runs: the CLI on PATH, the backend and its variables",
  }),
  MW0563: entry<{ object: string; cluster: string }>({
    name: "object-lost-by-stopped-run",
    severity: "error",
    meaning: "The last run was stopped or failed, and a cluster lacks an object that the stack's state has.",
    message: ({ object, cluster }) =>
      `cluster ${quote(cluster)} lacks ${quote(object)}, which this stack's state has: the last run was stopped or failed while it deleted, or somebody else deleted it`,
    help: () => "run `pulumi refresh`, which takes it out of the state, and then `pulumi up`, which makes it again",
  }),
  MW0564: entry<{ cluster: string; why: string }>({
    name: "not-looked-at-after-stopped-run",
    severity: "warning",
    meaning: "The last run was stopped or failed, and a cluster can't be asked whether it still has all objects.",
    message: ({ cluster, why }) =>
      `the last run was stopped or failed, and cluster ${quote(cluster)} can't be asked (${why}) whether its objects are all there`,
    help: () => "run `pulumi refresh` once it answers: later runs take for unchanged what is gone",
  }),
  MW0565: entry<{ object: string; cluster: string; command: string }>({
    name: "left-over-of-killed-run",
    severity: "warning",
    meaning: "A run that was killed has made an object that neither the stack's state nor the program has.",
    message: ({ object, cluster }) =>
      `a run that was killed made ${quote(object)} in cluster ${quote(cluster)}; neither the state nor the program has it, so that no run will delete it`,
    help: ({ command, cluster }) =>
      `delete it in cluster ${quote(cluster)} by \`${command}\`, and then run \`pulumi refresh --clear-pending-creates\``,
  }),
  MW0566: entry<{ cluster: string; other: string }>({
    name: "repeated-identifier",
    severity: "error",
    meaning: "Two clusters of a fleet have one `clusterIdentifier`, which tells one cluster from all others.",
    message: ({ cluster, other }) =>
      `clusters ${quote(other)} and ${quote(cluster)} have the same \`clusterIdentifier\`, expected one for each`,
    help: () =>
      "give each cluster what identifies it alone, such as its ARN; or remove the entry that is the same cluster",
  }),
  MW0567: entry<{ object: string; cluster?: string }>({
    name: "nothing-to-adopt",
    severity: "warning",
    meaning: "An entry under `adopt` means no object that a resource of the program has.",
    message: ({ object, cluster }) =>
      `no resource of this program has ${quote(object)}${cluster === undefined ? "" : ` in cluster ${quote(cluster)}`}, expected entries that one has`,
    help: () => "compare its kind, namespace, name and cluster with those in the cluster, or remove it",
  }),
};
