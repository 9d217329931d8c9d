import type * as pulumi from "@pulumi/pulumi";
import type { KubeObject } from "../kube/object.js";
import type { Claim } from "./claim.js";
import { resolved, urnOf } from "./engine.js";

/** What Pulumi's SDK keeps of a resource, and does not publish. */
interface Kept {
  readonly __name?: string;
  readonly __parentResource?: pulumi.Resource;
  /** URNs by the resource's own aliases. */
  readonly __aliases?: readonly pulumi.Input<string>[];
}

/**
 * The URNs under which the engine looks for a child of a resource besides its own: those by the names that the child had, and by the aliases of
 * all that it lies in.
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

/** The URNs that the child of a claim may have had. */
export function formerUrnsOf({ resource, object, childName, formerNames }: Claim): Promise<readonly string[]> {
  return formerUrns(resource, typeOf(object), childName, formerNames);
}

/** Pulumi's type of an object. */
export function typeOf({ apiVersion, kind }: Pick<KubeObject, "apiVersion" | "kind">): string {
  return `kubernetes:${apiVersion}:${kind}`;
}

/** The URN of a child. */
export function childUrn(parent: string, type: string, name: string): string {
  const [stack, project, types = ""] = parent.split("::");
  const inside = types === "pulumi:pulumi:Stack" ? type : `${types}$${type}`;
  return [stack, project, inside, name].join("::");
}

/** The URNs that a resource's own aliases give. */
export async function aliasesOf(resource: pulumi.Resource): Promise<readonly string[]> {
  const { __aliases = [] } = resource as unknown as Kept;
  return (await Promise.all(__aliases.map((each) => resolved(each)))).flatMap(({ value }) => value ?? []);
}

/** All URNs that a resource had, by its own aliases and by those of what it lies in. */
async function allAliasesOf(resource: pulumi.Resource): Promise<readonly string[]> {
  const { __name = "", __parentResource: parent } = resource as unknown as Kept;
  const own = await aliasesOf(resource);
  if (parent === undefined) return own;
  const { __name: parentName = "" } = parent as unknown as Kept;
  const above = await allAliasesOf(parent);
  const [type, names] = [typeIn(await urnOf(resource)), [__name, ...own.map(nameIn)]];
  return [...own, ...above.flatMap((each) => names.map((name) => inherited(each, parentName, type, name)))];
}

/** The URN of a child under another URN of its parent, whose name the child's may begin with. */
function inherited(parent: string, parentName: string, type: string, name: string): string {
  const isNamedAfter = parentName !== "" && name.startsWith(parentName);
  return childUrn(parent, type, isNamedAfter ? nameIn(parent) + name.slice(parentName.length) : name);
}

function nameIn(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** The type of the resource of a URN, without those that it lies in. */
export function typeIn(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}
