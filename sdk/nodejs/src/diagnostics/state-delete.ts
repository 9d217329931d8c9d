/** Returns the command that removes a resource from a stack's state; single quotes, because URNs may contain `$`. */
export function stateDelete(stack: string, urn: string): string {
  return `pulumi state delete '${urn}' --stack ${stack} --yes`;
}
