import * as pulumi from "@pulumi/pulumi";
import { memoize } from "../memo/memo.js";

/** This stack, as `ORGANIZATION/PROJECT/STACK`. */
export function thisStack(): string {
  return [organization(), pulumi.getProject(), pulumi.getStack()].join("/");
}

/** The organization, or the word that stands for it where a backend has none; unit tests need not set one, and without it Pulumi throws. */
function organization(): string {
  try {
    return pulumi.getOrganization();
  } catch {
    return "organization";
  }
}

/** Something that each run of a program has one of, even where several run in one process. */
export class PerRun<T extends object> {
  readonly #valueIn: (run: object) => T;

  constructor(make: () => T) {
    this.#valueIn = memoize(make);
  }

  get(): T {
    return this.#valueIn(pulumi.runtime.getMonitor() ?? this);
  }
}

/** What is known of an input. */
export interface Resolved<T> {
  readonly known: boolean;
  readonly secret: boolean;
  readonly value: T | undefined;
}

/** Waits for an input. Relies on the promises that every Output has, because `apply` tells nothing of what is not known. */
export async function resolved<T>(input: pulumi.Input<T> | undefined): Promise<Resolved<T>> {
  const output = (pulumi.Output.isInstance(input) ? input : pulumi.output(input)) as unknown as {
    promise(withUnknowns?: boolean): Promise<T | undefined>;
    isKnown: Promise<boolean>;
    isSecret: Promise<boolean>;
  };
  const [value, known, secret] = await Promise.all([output.promise(), output.isKnown, output.isSecret]);
  return { known, secret, value: known ? value : undefined };
}

/** The URN of a resource, once it is registered; a promise, because an Output would make whatever uses it depend on the resource's children. */
export async function urnOf(resource: pulumi.Resource): Promise<string> {
  return (resource.urn as unknown as { promise(): Promise<string> }).promise();
}
