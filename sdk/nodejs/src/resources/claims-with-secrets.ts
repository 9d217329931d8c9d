import type { Claims } from "../check/check.js";

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

const known = new WeakMap<Claims, ClaimsWithSecrets>();

/**
 * Returns the claims of resources with secret leaves, kept apart so that findings of other resources never report a key
 * made from a secret.
 */
export function claimsWithSecrets(plain: Claims): Claims {
  const existing = known.get(plain);
  if (existing !== undefined) return existing;
  const fresh = new ClaimsWithSecrets(plain);
  known.set(plain, fresh);
  return fresh;
}
