/** Names that resolve to the caller's own machine or its cloud's metadata server, regardless of DNS. */
export const LOCAL_NAMES: readonly string[] = [
  "localhost",
  "localhost.localdomain",
  "localhost4",
  "localhost6",
  "metadata.google.internal",
  "metadata.goog",
  "metadata.azure.internal",
  "instance-data.ec2.internal",
];

/** IPv6 names from a machine's own hosts file. */
export const LOCAL_NAME_PATTERN = /^ip6-/;

/** True if a name is the caller's own machine, or its cloud's metadata server. */
export function isLocalName(name: string): boolean {
  const lower = name.toLowerCase();
  return LOCAL_NAMES.some((each) => lower === each || lower.endsWith(`.${each}`)) || LOCAL_NAME_PATTERN.test(lower);
}
