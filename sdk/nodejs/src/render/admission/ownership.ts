/** Annotations that name the owner of an object. */
import { ownerAnnotations } from "../../kube/owner.js";
import { derive } from "../../model/deferred.js";
import type { PlannedWorkspaceGuard } from "../../plan/guards.js";
import { celList, celText, some } from "./cel.js";
import type { Validation } from "./policy.js";

const [STACK = "", URN = ""] = Object.keys(ownerAnnotations({ stack: "", urn: "" }));

/** Variables: the stacks and resources that own the object before and after the request; empty if it names none. */
export const ownershipVariables: Readonly<Record<string, string>> = {
  oldStack: annotation("oldObject", "CREATE", STACK),
  stack: annotation("object", "DELETE", STACK),
  urn: annotation("object", "DELETE", URN),
};

function annotation(object: string, absentAt: string, name: string): string {
  const found = `${object}.metadata.?annotations[?${celText(name)}].orValue("")`;
  return `request.operation == ${celText(absentAt)} ? "" : ${found}`;
}

/** Rejects changing, taking over or removing objects of stacks that are not the team's. */
export function ownershipRules({ maker, stacks }: PlannedWorkspaceGuard): readonly Validation[] {
  const help = ": leave it to that stack, or ask the operators to add the stack to `guard.stacks` of the workspace";
  if (stacks === undefined)
    return [
      {
        expression:
          `variables.oldStack == "" || request.operation == "DELETE" || ` + "variables.stack == variables.oldStack",
        message: "an object must not change from one stack to another",
        sentence:
          `"it belongs to stack " + variables.oldStack + ` +
          celText(`, and workspace ${maker.name} has no stacks that it could move to${help}`),
      },
    ];
  const names = celList(stacks);
  const prefixes = stacks.map((stack) => derive([stack], () => urnPrefix(stack)));
  const isOwnUrn = `${celList(prefixes)}.exists(p, variables.urn.startsWith(p))`;
  const isOwn = (stack: string) => `${stack} == "" || ${stack} in ${names}`;
  const notOurs = `which is not of workspace ${maker.name}, expected one of ${some(stacks)}${help}`;
  return [
    {
      expression: `variables.isGuest || ${isOwn("variables.oldStack")}`,
      message: "the object belongs to a stack that is not the team's",
      sentence: `"it belongs to stack " + variables.oldStack + ${celText(`, ${notOurs}`)}`,
    },
    {
      expression: `variables.isGuest || ${isOwn("variables.stack")}`,
      message: "the object names a stack that is not the team's",
      sentence: `"it names stack " + variables.stack + ${celText(` as its owner, ${notOurs}`)}`,
    },
    {
      expression: `variables.isGuest || variables.urn == "" || ${isOwnUrn}`,
      message: "the object names a resource of a stack that is not the team's",
      sentence: `"it names the resource " + variables.urn + ${celText(` as its owner, ${notOurs}`)}`,
    },
  ];
}

/** Returns the common prefix of a stack's URNs. */
function urnPrefix(name: string): string {
  const [, project = "", stack = ""] = name.split("/");
  return `urn:pulumi:${stack}::${project}::`;
}
