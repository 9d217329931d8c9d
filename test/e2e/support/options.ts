/** The example program with options of Pulumi on its table. */
import { type Edit, example } from "./example.js";

const END = /\}\);\s*$/;

/** The example, edited, whose table has these options; the program knows `pulumi`. */
export function withOptions(options: string, ...edits: readonly Edit[]): string {
  const program = example(...edits);
  if (!END.test(program)) throw new Error("the example does not end with its table");
  return `import * as pulumi from "@pulumi/pulumi";\n${program.replace(END, () => `}, ${options});`)}`;
}

/** Another share of requests for each version: a change of the table's VirtualServices and of nothing else. */
export function shares(one: number): readonly Edit[] {
  return [
    ["weight: 90", `weight: ${one}`],
    ["weight: 10", `weight: ${100 - one}`],
  ];
}

/** A transform of the objects, as text: what it makes of `args.props` and `args.opts`. */
export function transform(made: string): string {
  return `[(args: any) => args.type.startsWith("kubernetes:") ? ${made} : undefined]`;
}

/** An annotation on each object, by a transform. */
export function annotate(owner: string): string {
  const metadata = `{ ...args.props.metadata, annotations: { owner: "${owner}" } }`;
  return transform(`{ props: { ...args.props, metadata: ${metadata} }, opts: args.opts }`);
}
