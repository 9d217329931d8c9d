import type * as pulumi from "@pulumi/pulumi";
import type { KubeObject } from "../kube/object.js";
import type { Claim } from "./claim.js";
import { resolved, urnOf } from "./engine.js";

/** Private fields of resources in Pulumi's SDK. */
interface Kept {
  readonly __name?: string;
  readonly __parentResource?: pulumi.Resource;
  /** The URNs from the resource's own aliases. */
  readonly __aliases?: readonly pulumi.Input<string>[];
}

/**
 * Returns the former URNs under which the engine looks for a child of a resource: from the child's former names, and
 * from the aliases of all its ancestors.
 */
export async function formerUrns(
  parent: pulumi.Resource,
  type: string,
  name: string,
  formerNames: readonly string[],
): Promise<readonly string[]> {
  const { __name: parentName = "" } = parent as unknown as Kept;
  const own = childUrn(await urnOf(parent), type, name);
  const parents = [await urnOf(parent), ...(await allAliasesOf(parent))];
  const names = [name, ...formerNames];
  const urns = parents.flatMap((each) => names.map((child) => inherited(each, parentName, type, child)));
  return urns.filter((urn) => urn !== own);
}

/** Returns the URNs that a claim's child may have had. */
export function formerUrnsOf({ resource, object, childName, formerNames }: Claim): Promise<readonly string[]> {
  return formerUrns(resource, typeOf(object), childName, formerNames);
}

/** Returns Pulumi's type of an object. */
export function typeOf({ apiVersion, kind }: Pick<KubeObject, "apiVersion" | "kind">): string {
  return `kubernetes:${apiVersion}:${kind}`;
}

/** Returns the URN of a child. */
export function childUrn(parent: string, type: string, name: string): string {
  const [stack, project, types = ""] = parent.split("::");
  const inside = types === "pulumi:pulumi:Stack" ? type : `${types}$${type}`;
  return [stack, project, inside, name].join("::");
}

/** Returns the URNs from a resource's own aliases. */
export async function aliasesOf(resource: pulumi.Resource): Promise<readonly string[]> {
  const { __aliases = [] } = resource as unknown as Kept;
  return (await Promise.all(__aliases.map((each) => resolved(each)))).flatMap(({ value }) => value ?? []);
}

/** Returns all former URNs of a resource, from its own aliases and from its ancestors'. */
async function allAliasesOf(resource: pulumi.Resource): Promise<readonly string[]> {
  const { __name = "", __parentResource: parent } = resource as unknown as Kept;
  const own = await aliasesOf(resource);
  if (parent === undefined) return own;
  const { __name: parentName = "" } = parent as unknown as Kept;
  const above = await allAliasesOf(parent);
  const [type, names] = [typeIn(await urnOf(resource)), [__name, ...own.map(nameIn)]];
  return [...own, ...above.flatMap((each) => names.map((name) => inherited(each, parentName, type, name)))];
}

/** Returns the URN of a child under another URN of its parent; the child's name may start with the parent's. */
function inherited(parent: string, parentName: string, type: string, name: string): string {
  const isNamedAfter = parentName !== "" && name.startsWith(parentName);
  return childUrn(parent, type, isNamedAfter ? nameIn(parent) + name.slice(parentName.length) : name);
}

function nameIn(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** Returns the type of the resource with this URN, without its ancestors' types. */
export function typeIn(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}
