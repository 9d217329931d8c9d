/** Sends requests to Envoy and to the simulator, and reports where they disagree. */
import { readsBody } from "../../sdk/nodejs/src/model/template.js";
import type { Decision } from "../../sdk/nodejs/src/simulate/decision.js";
import { hopByHop } from "../../sdk/nodejs/src/simulate/hop-by-hop.js";
import type { Request } from "../../sdk/nodejs/src/simulate/request.js";
import type { Simulator } from "../../sdk/nodejs/src/simulate/simulator.js";
import type { ModelArgs } from "../support/arbitraries/model-args.js";
import { type Answer, readAnswer } from "./rig/answer.js";
import { differences } from "./rig/judge.js";
import type { Loaded, Rig } from "./rig/rig.js";
import { wireRequest } from "./rig/wire-request.js";
import { checkShares, moreOfWeighted, ShareCount } from "./shares.js";
import { sendAll } from "./wire/client.js";

/** A prediction of the simulator that Envoy contradicts. */
export interface Disagreement {
  readonly args: ModelArgs;
  /** Absent if Envoy rejects the configuration itself. */
  readonly request?: Request;
  readonly differences: readonly string[];
  readonly simulator?: Decision;
  readonly envoy?: Answer;
}

export interface Comparison {
  readonly compared: number;
  readonly disagreements: readonly Disagreement[];
}

/** Compares the answers to requests under one set of arguments. */
export async function compare(rig: Rig, args: ModelArgs, made: readonly Request[]): Promise<Comparison> {
  const loaded = await rig.load(args);
  if (loaded.problem !== undefined) return { compared: 0, disagreements: [{ args, differences: [loaded.problem] }] };
  const requests = made.filter((request) => !waitsForever(request, loaded.simulator));
  const answers = await answersTo(rig, loaded.simulator, requests);
  const disagreements: Disagreement[] = [];
  const forwarded: Request[] = [];
  requests.forEach((request, index) => {
    const envoy = answers[index] ?? { status: 0 };
    const { decision } = loaded.simulator.simulate(request, { trace: false });
    const isDead = envoy.route !== undefined && loaded.dead.has(envoy.route);
    const found = [
      ...differences(request, decision, envoy),
      ...(isDead ? [`matcher: a check says that no request meets ${envoy.route}, but this one does`] : []),
    ];
    if (found.length > 0) disagreements.push({ args, request, differences: found, simulator: decision, envoy });
    else if (envoy.seen !== undefined) forwarded.push(request);
  });
  return {
    compared: requests.length,
    disagreements: [...disagreements, ...(await unevenShares(rig, loaded, args, forwarded))],
  };
}

/** Upgrades never end, so policies that wait for the end of a body keep them from ever being answered. */
function waitsForever({ headers = [], ...request }: Request, simulator: Simulator): boolean {
  if (hopByHop(headers).upgrade === undefined) return false;
  const { decision } = simulator.simulate({ ...request, headers }, { trace: false });
  if (decision.kind !== "forward" && decision.kind !== "redirect" && decision.kind !== "direct") return false;
  const { HTTPBufferPolicy, TransformationPolicy } = decision.policies ?? {};
  const { body, headers: templates = {} } = TransformationPolicy?.value.request ?? {};
  return HTTPBufferPolicy !== undefined || body !== undefined || Object.values(templates).some(readsBody);
}

/** Repeats some requests to measure each target's share. */
async function unevenShares(
  rig: Rig,
  { simulator }: Loaded,
  args: ModelArgs,
  forwarded: readonly Request[],
): Promise<readonly Disagreement[]> {
  const found: Disagreement[] = [];
  for (const { request, times } of moreOfWeighted(simulator, forwarded)) {
    const { decision } = simulator.simulate(request, { trace: false });
    if (decision.kind !== "forward") continue;
    const count = new ShareCount(decision.targets);
    for (const answer of await answersTo(
      rig,
      simulator,
      Array.from({ length: times }, () => request),
    ))
      if (answer.seen !== undefined) count.add(answer.seen);
    const uneven = checkShares(count);
    if (uneven.length > 0) found.push({ args, request, differences: uneven, simulator: decision });
  }
  return found;
}

/** Returns Envoy's answer to each request. */
export async function answersTo(
  { ports }: Rig,
  simulator: Simulator,
  requests: readonly Request[],
): Promise<readonly Answer[]> {
  const isRejected = (request: Request): boolean =>
    simulator.simulate(request, { trace: false }).decision.kind === "rejected";
  const messages = await sendAll(requests.map((request) => wireRequest(request, ports, isRejected(request))));
  return messages.map(readAnswer);
}
