/**
 * Claims that operators allow resources to make beyond what their workspace owns.
 *
 * They take effect once a program declares workspaces; before that, nothing is rejected. They are consent to a claim,
 * not a claim.
 */
export interface MayClaimArgs {
  /**
   * Hosts that may be claimed even if they are Kubernetes names, cover hosts of other teams, or are for everyone:
   * names, wildcards as the first label, or `*` for all. Also names that `endpoints` may lead to. Default: none.
   */
  hosts?: string[];
  /**
   * IP addresses and CIDR ranges that `addresses` and `endpoints` may be in even if they are private, local or another
   * team's. Default: none.
   */
  addresses?: string[];
  /**
   * Namespaces of other teams that resources may be in, route to, act on, and claim the Kubernetes names of. Default:
   * none.
   */
  namespaces?: string[];
}
