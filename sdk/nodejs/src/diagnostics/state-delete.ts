/** The command by which a stack gives a resource up; URNs may hold `$`, which shells read in double quotes. */
export function stateDelete(stack: string, urn: string): string {
  return `pulumi state delete '${urn}' --stack ${stack} --yes`;
}
