import * as pulumi from "@pulumi/pulumi";
import { memoize } from "../memo/memo.js";

/** This stack, as `ORGANIZATION/PROJECT/STACK`. */
export function thisStack(): string {
  return [organization(), pulumi.getProject(), pulumi.getStack()].join("/");
}

/**
 * Returns the organization, or its default name where a backend has none; Pulumi throws if unit tests don't set one.
 */
function organization(): string {
  try {
    return pulumi.getOrganization();
  } catch {
    return "organization";
  }
}

/** A value per run of a program, even if several runs share a process. */
export class PerRun<T extends object> {
  readonly #valueIn: (run: object) => T;

  constructor(make: () => T) {
    this.#valueIn = memoize(make);
  }

  get(): T {
    return this.#valueIn(pulumi.runtime.getMonitor() ?? this);
  }
}

/** The state of an input: known, secret, and its value. */
export interface Resolved<T> {
  readonly known: boolean;
  readonly secret: boolean;
  readonly value: T | undefined;
}

/** Waits for an input. Uses the promises that every Output holds, because `apply` is not called for unknown values. */
export async function resolved<T>(input: pulumi.Input<T> | undefined): Promise<Resolved<T>> {
  const output = (pulumi.Output.isInstance(input) ? input : pulumi.output(input)) as unknown as {
    promise(withUnknowns?: boolean): Promise<T | undefined>;
    isKnown: Promise<boolean>;
    isSecret: Promise<boolean>;
  };
  const [value, known, secret] = await Promise.all([output.promise(), output.isKnown, output.isSecret]);
  return { known, secret, value: known ? value : undefined };
}

/**
 * Returns the URN of a resource once it is registered; a promise, because an Output would make its users depend on the
 * resource's children.
 */
export async function urnOf(resource: pulumi.Resource): Promise<string> {
  return (resource.urn as unknown as { promise(): Promise<string> }).promise();
}
