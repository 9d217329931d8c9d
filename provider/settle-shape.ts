import * as pulumi from "@pulumi/pulumi";

/** Arguments with a plain shape, and the resources behind the unwrapped parts. */
export interface Settled {
  readonly value: unknown;
  readonly resources: readonly pulumi.Resource[];
}

/** Internals of an Output; `apply` is not called for unknown values. */
interface Inside {
  promise(withUnknowns?: boolean): Promise<unknown>;
  readonly isKnown: Promise<boolean>;
  readonly isSecret: Promise<boolean>;
  allResources?(): Promise<Set<pulumi.Resource>>;
}

/**
 * Unwraps known Outputs of objects and lists.
 *
 * A program in another language passes `{ ref: fleet.ref }`, which may arrive here as an Output of the descriptor, of
 * the reference or of the whole argument. Meshway's components need plain shapes, because these decide which objects
 * exist. Single values stay Outputs, with their secrets and dependencies. Unknown Outputs are kept too, and the
 * component reports them.
 */
export async function settleShape(inputs: unknown): Promise<Settled> {
  const resources = new Set<pulumi.Resource>();
  return { value: await settle(inputs, resources), resources: [...resources] };
}

async function settle(input: unknown, resources: Set<pulumi.Resource>): Promise<unknown> {
  if (typeof input !== "object" || input === null || pulumi.Resource.isInstance(input)) return input;
  if (pulumi.Output.isInstance(input)) return settleOutput(input, resources);
  if (Array.isArray(input)) return Promise.all(input.map((item) => settle(item, resources)));
  if (Object.getPrototypeOf(input) !== Object.prototype) return input;
  const entries = Object.entries(input).map(async ([key, item]) => [key, await settle(item, resources)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

async function settleOutput(output: pulumi.Output<unknown>, resources: Set<pulumi.Resource>): Promise<unknown> {
  const { promise, isKnown, isSecret, allResources } = insideOf(output);
  const [value, known, secret] = await Promise.all([promise(), isKnown, isSecret]);
  if (!known || typeof value !== "object" || value === null || pulumi.Resource.isInstance(value)) return output;
  for (const resource of await allResources()) resources.add(resource);
  // the values of a secret argument stay secret one by one; Meshway itself keeps credentials in descriptors secret
  const plain = secret ? keepSecret(value) : value;
  return settle(plain, resources);
}

function insideOf(output: pulumi.Output<unknown>) {
  const inside = output as unknown as Inside;
  return {
    promise: () => inside.promise(),
    isKnown: inside.isKnown,
    isSecret: inside.isSecret,
    allResources: async () => (await inside.allResources?.()) ?? new Set<pulumi.Resource>(),
  };
}

/** Copies a value with every single value secret, except in descriptors of resources, which must be plain. */
function keepSecret(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(keepSecret);
  if (typeof value !== "object" || value === null) return pulumi.secret(value);
  if (isDescriptor(value) || pulumi.Output.isInstance(value) || pulumi.Resource.isInstance(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, keepSecret(item)]));
}

function isDescriptor(value: object): boolean {
  return "kind" in value && "name" in value && "model" in value && Object.keys(value).length === 3;
}
