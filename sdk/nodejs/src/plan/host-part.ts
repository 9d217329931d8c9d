/**
 * Returns the name part that distinguishes a host's objects from those of its owner's other hosts. Because it changes
 * with the host, a renamed host is served under both names until routes have followed.
 *
 * Empty for `NAME.global`, the default host of a virtual destination `NAME`, and for a first host that is an Output.
 */
export function hostPart(name: string, hosts: readonly string[], index: number, undecided = false): readonly string[] {
  const host = hosts[index] ?? "";
  if (undecided ? index === 0 : host === `${name}.global`) return [];
  // the dot keeps it from colliding with any other name part
  return [`${host}.`];
}
