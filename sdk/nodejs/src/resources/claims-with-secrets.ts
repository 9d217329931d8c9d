import type { Claims } from "../check/check.js";
import { memoize } from "../memo/memo.js";

/** What resources own by values that are secret, over what they own by others. */
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

/** The claims in which resources with secret leaves note theirs, so that no key made of a secret is among those that others' findings are told by. */
export const claimsWithSecrets: (plain: Claims) => Claims = memoize((plain) => new ClaimsWithSecrets(plain));
