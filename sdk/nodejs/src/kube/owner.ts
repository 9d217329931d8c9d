/** The resource of a Pulumi stack that an object belongs to. */
export interface Owner {
  /** `ORGANIZATION/PROJECT/STACK`. */
  readonly stack: string;
  /** The resource's URN. */
  readonly urn: string;
}

const STACK = "meshway.io/stack";
/** The annotation that names the resource. */
export const URN = "meshway.io/urn";

/** Annotations that record an object's owner. */
export function ownerAnnotations({ stack, urn }: Owner): Record<string, string> {
  return { [STACK]: stack, [URN]: urn };
}

/** Reads the owner from an object's annotations, if they record one. */
export function ownerIn(annotations: Readonly<Record<string, string>> | undefined): Owner | undefined {
  const [stack, urn] = [annotations?.[STACK], annotations?.[URN]];
  return stack === undefined || urn === undefined ? undefined : { stack, urn };
}
