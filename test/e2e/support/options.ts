/** The example program with Pulumi options on its table. */
import { type Edit, example } from "./example.js";

const END = /\}\);\s*$/;

/** Returns the edited example with these options on its table; the program imports `pulumi`. */
export function withOptions(options: string, ...edits: readonly Edit[]): string {
  const program = example(...edits);
  if (!END.test(program)) throw new Error("the example does not end with its table");
  return `import * as pulumi from "@pulumi/pulumi";\n${program.replace(END, () => `}, ${options});`)}`;
}

/** Another split between versions, which changes only the table's VirtualServices. */
export function shares(one: number): readonly Edit[] {
  return [
    ["weight: 90", `weight: ${one}`],
    ["weight: 10", `weight: ${100 - one}`],
  ];
}

/** Returns the text of a transform of the objects; `made` is its result in terms of `args.props` and `args.opts`. */
export function transform(made: string): string {
  return `[(args: any) => args.type.startsWith("kubernetes:") ? ${made} : undefined]`;
}

/** Returns the text of a transform that annotates each object. */
export function annotate(owner: string): string {
  const metadata = `{ ...args.props.metadata, annotations: { owner: "${owner}" } }`;
  return transform(`{ props: { ...args.props, metadata: ${metadata} }, opts: args.opts }`);
}
