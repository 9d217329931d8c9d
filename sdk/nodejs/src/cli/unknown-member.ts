const MESSAGE = "this value is known only to `pulumi up`";

/** Raised where a program computes with a value that is not known, so that the result is not known either. */
class UnknownSignal extends Error {
  readonly isMeshwayUnknown = true;

  constructor() {
    super(MESSAGE);
  }
}

/** Whether an error only says that a value is not known. */
export function isUnknownSignal(error: unknown): boolean {
  return typeof error === "object" && error !== null && "isMeshwayUnknown" in error;
}

function refuse(): never {
  throw new UnknownSignal();
}

/**
 * A field that is not known: Pulumi takes it for one of its unknown values.
 *
 * Its own fields are unknown too, and to make a text or a number of it raises a signal.
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
