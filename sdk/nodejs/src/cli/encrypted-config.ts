import type * as pulumi from "@pulumi/pulumi";

type Pulumi = typeof pulumi;
/** A method that reads a configuration value. */
type Read = (this: pulumi.Config, key: string, ...more: readonly unknown[]) => unknown;

const READS = ["get", "require"] as const;
const TYPES = ["", "Boolean", "Number", "Object"] as const;

/** Makes encrypted configuration values unknown secrets, so findings name the places where they end up. */
export function hideEncrypted({ Config, output, secret, unknown }: Pulumi, encrypted: readonly string[]): void {
  if (encrypted.length === 0) return;
  const prototype = Config.prototype as unknown as Record<string, Read>;
  const replace = (method: string, hidden: (key: string) => unknown): void => {
    const original = prototype[method];
    if (original === undefined) return;
    prototype[method] = function (key, ...more) {
      const full = `${this.name}:${key}`;
      return encrypted.includes(full) ? hidden(full) : original.call(this, key, ...more);
    };
  };
  for (const read of READS)
    for (const type of TYPES) {
      replace(`${read}Secret${type}`, () => secret(output(unknown)));
      replace(`${read}${type}`, (full) => {
        if (read === "get") return undefined;
        throw new Error(
          `the configuration value ${full} is encrypted, and so not known here: read it by \`requireSecret${type}\``,
        );
      });
    }
}
