/**
 * What the operators let resources claim besides what their workspace owns.
 *
 * It counts once a program declares workspaces; before that nothing is refused. It is consent to a claim, not a claim.
 */
export interface MayClaimArgs {
  /**
   * Hosts that may be claimed although they are Kubernetes names, cover hosts of other teams, or are for everyone: names, wildcards as the first
   * label, or `*` for all. Also what `endpoints` with names may lead to. Default: none.
   */
  hosts?: string[];
  /** IP addresses and CIDR ranges that `addresses` and `endpoints` may lie in although they are private, local or of another team. Default: none. */
  addresses?: string[];
  /** Namespaces of other teams that resources may lie in, route to, act on, and claim the Kubernetes names of. Default: none. */
  namespaces?: string[];
}
