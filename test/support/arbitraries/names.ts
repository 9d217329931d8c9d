import fc from "fast-check";

/** Names of resources: clean ones, ones that appear in object names, and odd ones that need a hash. */
export const resourceName = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("shop", "web", "reviews", "a", "a-b", "b") },
  {
    weight: 2,
    arbitrary: fc.constantFrom("entrance", "termination", "east-west", "home", "local", "remote", "tls", "external"),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      "a--b",
      "A",
      "shop.web",
      "Ünïcode/x y",
      "x".repeat(70),
      `${"x".repeat(69)}y`,
      "-",
      "a---b",
    ),
  },
  { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 80 }) },
);

/** Namespaces, few of them to force collisions. */
export const namespace = fc.constantFrom("shop", "gateways", "istio-system", "n".repeat(63));

/** Names of Kubernetes Services. */
export const serviceName = fc.constantFrom("frontend", "reviews", "a-b", "s".repeat(63));

/** Values of labels. */
export const labelText = fc.oneof(
  fc.constantFrom("v1", "v2", "v1.0", "v1-0", "V1", "", "a_b", "l".repeat(63)),
  fc.stringMatching(/^[A-Za-z0-9]([-A-Za-z0-9_.]{0,10}[A-Za-z0-9])?$/),
);

/** Some labels; at least one. */
export const someLabels = fc.dictionary(
  fc.constantFrom("app", "version", "a", "a-b", "app.kubernetes.io/name"),
  labelText,
  { minKeys: 1, maxKeys: 3 },
);

/** Ports, few of them to force collisions. */
export const portNumber = fc.oneof(fc.constantFrom(80, 443, 8080, 65535), fc.integer({ min: 1, max: 65535 }));

/** A list of items with different keys. */
export function distinct<T>(
  item: fc.Arbitrary<T>,
  key: (item: T) => unknown,
  from: number,
  to: number,
): fc.Arbitrary<T[]> {
  return fc.uniqueArray(item, { selector: key, minLength: from, maxLength: to });
}

/** Returns the object without its undefined fields. */
export function defined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;
}

/** A value, or undefined half the time. */
export function maybe<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(arbitrary, { nil: undefined });
}
