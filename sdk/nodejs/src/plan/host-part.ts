/**
 * What tells the objects of a host apart from those of the maker's other hosts. A host of another name has objects of its own, so that a host that is
 * renamed is there under both names until routes have followed.
 *
 * Nothing for `NAME.global`, the usual host of a virtual destination `NAME`, and for a first host that came as an Output.
 */
export function hostPart(name: string, hosts: readonly string[], index: number, undecided = false): readonly string[] {
  const host = hosts[index] ?? "";
  if (undecided ? index === 0 : host === `${name}.global`) return [];
  // the dot makes sure that no other part of a name is the same
  return [`${host}.`];
}
