/** Joins values of one header. Envoy: HeaderMapImpl::appendToHeader skips empty values. */
export function joined(first: string, second: string): string {
  return first === "" || second === "" ? first + second : `${first},${second}`;
}
