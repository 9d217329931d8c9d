import { BodyAction } from "../../args/transformation-policy.js";
import type { Transformation } from "../../model/transformation-policy.js";
import type { AppliedPolicy } from "../../plan/planned-route-policies.js";
import { transformRequest } from "../transformation.js";
import type { SimulatedPolicy } from "./simulated-policy.js";

export const transformationPolicy: SimulatedPolicy<"TransformationPolicy"> = {
  describe: describeTransformation,
  filter: ({ value }, { request, headers }) => {
    transformRequest(value, request, headers);
    return undefined;
  },
};

function describeTransformation({ value: { request, response } }: AppliedPolicy<"TransformationPolicy">): string {
  return [
    ...(request ? describeTemplates("request", request) : []),
    ...(response ? describeTemplates("response", response) : []),
  ].join("; ");
}

function describeTemplates(of: string, { headers, body }: Transformation): readonly string[] {
  const changes = Object.entries(headers).map(([name, { text }]) => `${name}: ${text}`);
  const names = Object.keys(body?.json ?? {}).join(", ");
  const isWhole = body?.action === BodyAction.Replace;
  return [
    ...(changes.length === 0 ? [] : [`${of} ${changes.join(", ")}`]),
    ...(body === undefined ? [] : [`${of} with ${isWhole ? "nothing but " : ""}${names} in its JSON body`]),
  ];
}
