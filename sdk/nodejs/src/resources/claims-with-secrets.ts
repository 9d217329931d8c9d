import type { Claims } from "../check/check.js";
import { memoize } from "../memo/memo.js";

/** Claims made from secret values, layered over those made from others. */
class ClaimsWithSecrets extends Map<string, string> {
  readonly below: Claims;

  constructor(plain: Claims) {
    super();
    this.below = plain;
  }

  override get(key: string): string | undefined {
    return super.get(key) ?? this.below.get(key);
  }
}

/**
 * Returns the claims of resources with secret leaves, kept apart so that findings of other resources never report a key
 * made from a secret.
 */
export const claimsWithSecrets: (plain: Claims) => Claims = memoize((plain) => new ClaimsWithSecrets(plain));
