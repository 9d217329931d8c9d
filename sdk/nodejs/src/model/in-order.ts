/** A map whose entries become a list, in the order of their names: the order in which a program writes them must not matter. */
export function inOrder<T>(map: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
}
