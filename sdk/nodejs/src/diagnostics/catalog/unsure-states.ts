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
};
