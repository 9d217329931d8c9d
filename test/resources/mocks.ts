import * as pulumi from "@pulumi/pulumi";

/** A resource that a program registered under mocks. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
  readonly provider: string | undefined;
}

/** Resources that the program registered; cleared by `startMocks`. */
export const registered: Registered[] = [];

/** Installs Pulumi's mocks; `preview` leaves computed values unknown. */
export async function startMocks(preview = false): Promise<void> {
  registered.length = 0;
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs, provider }) => {
        registered.push({ type, name, inputs: inputs as Record<string, unknown>, provider });
        return { id: `${name}-id`, state: inputs as Record<string, unknown> };
      },
      call: ({ inputs }) => inputs as Record<string, unknown>,
    },
    "project",
    "stack",
    preview,
  );
}

/** Waits until everything that a program started is registered. */
export async function settled(): Promise<void> {
  await pulumi.runtime.disconnect();
}

/** Returns the registered Kubernetes objects of a kind. */
export function objects(kind: string): Registered[] {
  return registered.filter(({ type }) => type.startsWith("kubernetes:") && type.endsWith(`:${kind}`));
}

/** Returns an Output with an unknown value, as in a preview. */
export function unknown<T>(...resources: pulumi.Resource[]): pulumi.Output<T> {
  const make = pulumi.Output as unknown as new (
    resources: pulumi.Resource[],
    value: Promise<undefined>,
    isKnown: Promise<boolean>,
    isSecret: Promise<boolean>,
    allResources: Promise<Set<pulumi.Resource>>,
  ) => pulumi.Output<T>;
  return new make(
    resources,
    Promise.resolve(undefined),
    Promise.resolve(false),
    Promise.resolve(false),
    Promise.resolve(new Set(resources)),
  );
}
