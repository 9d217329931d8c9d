const MESSAGE = "this value is known only to `pulumi up`";

/** Thrown when a program computes with an unknown value, so that the result is unknown too. */
class UnknownSignal extends Error {
  readonly isMeshwayUnknown = true;

  constructor() {
    super(MESSAGE);
  }
}

/** Returns true if an error only signals an unknown value. */
export function isUnknownSignal(error: unknown): boolean {
  return typeof error === "object" && error !== null && "isMeshwayUnknown" in error;
}

function refuse(): never {
  throw new UnknownSignal();
}

/**
 * A field with an unknown value: Pulumi treats it as one of its own unknowns.
 *
 * Its own fields are unknown too, and converting it to a string or number throws a signal.
 */
export const unknownMember: unknown = new Proxy(
  { __pulumiUnknown: true },
  {
    get: (target, key) => {
      if (key === "__pulumiUnknown") return true;
      if (key === Symbol.toPrimitive || key === Symbol.iterator || key === "toString" || key === "valueOf")
        return refuse;
      if (typeof key === "symbol" || key === "then" || key.startsWith("__")) return undefined;
      return key in target ? undefined : unknownMember;
    },
  },
);
