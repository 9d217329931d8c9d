/** Values by lower-case host, which may be `*.example.com` or `*`. */
export class HostTable<T> {
  readonly #exact = new Map<string, T>();
  /** Keyed by the part after the asterisk, `.example.com`. */
  readonly #wildcards = new Map<string, T>();
  #every: T | undefined;
  #lengths: readonly number[] | undefined;

  get(host: string): T | undefined {
    if (host === "*") return this.#every;
    return host.startsWith("*") ? this.#wildcards.get(host.slice(1)) : this.#exact.get(host);
  }

  set(host: string, value: T): void {
    this.#lengths = undefined;
    if (host === "*") this.#every = value;
    else if (host.startsWith("*")) this.#wildcards.set(host.slice(1), value);
    else this.#exact.set(host, value);
  }

  /**
   * Returns the value for a name: the exact match, otherwise the longest matching wildcard, otherwise `*`.
   *
   * Envoy: RouteMatcher::findVirtualHost (source/common/router/config_impl.cc), and the equivalent for server names in
   * filter_chain_manager_impl.cc.
   */
  find(name: string): T | undefined {
    const exact = this.#exact.get(name);
    if (exact !== undefined) return exact;
    this.#lengths ??= [...new Set([...this.#wildcards.keys()].map(({ length }) => length))].sort((a, b) => b - a);
    for (const length of this.#lengths) {
      // `*.example.com` does not match `.example.com`
      const found = length < name.length ? this.#wildcards.get(name.slice(-length)) : undefined;
      if (found !== undefined) return found;
    }
    return this.#every;
  }
}
