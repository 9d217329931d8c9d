/** Names that resolve to the caller's own machine or to its cloud's metadata, whatever a DNS server says. */
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

/** Names that a machine's own table of hosts has for IPv6. */
export const LOCAL_NAME_PATTERN = /^ip6-/;

/** Whether a name is that of the caller's own machine, or of its cloud's metadata. */
export function isLocalName(name: string): boolean {
  const lower = name.toLowerCase();
  return LOCAL_NAMES.some((each) => lower === each || lower.endsWith(`.${each}`)) || LOCAL_NAME_PATTERN.test(lower);
}
