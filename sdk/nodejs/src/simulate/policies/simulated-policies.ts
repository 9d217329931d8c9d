import type { RoutePolicyKind } from "../../kinds/kinds.js";
import { compressionPolicy } from "./compression-policy.js";
import { corsPolicy } from "./cors-policy.js";
import { csrfPolicy } from "./csrf-policy.js";
import { extAuthPolicy } from "./ext-auth-policy.js";
import { faultInjectionPolicy } from "./fault-injection-policy.js";
import { headerManipulationPolicy } from "./header-manipulation-policy.js";
import { httpBufferPolicy } from "./http-buffer-policy.js";
import { jwtPolicy } from "./jwt-policy.js";
import { mirrorPolicy } from "./mirror-policy.js";
import { rateLimitPolicy } from "./rate-limit-policy.js";
import { retryTimeoutPolicy } from "./retry-timeout-policy.js";
import type { SimulatedPolicy } from "./simulated-policy.js";
import { transformationPolicy } from "./transformation-policy.js";

/** The simulation of each kind of policy; a missing kind is a compile error. */
export const SIMULATED_POLICIES: { readonly [K in RoutePolicyKind]: SimulatedPolicy<K> } = {
  CORSPolicy: corsPolicy,
  CSRFPolicy: csrfPolicy,
  CompressionPolicy: compressionPolicy,
  ExtAuthPolicy: extAuthPolicy,
  FaultInjectionPolicy: faultInjectionPolicy,
  HTTPBufferPolicy: httpBufferPolicy,
  HeaderManipulationPolicy: headerManipulationPolicy,
  JWTPolicy: jwtPolicy,
  MirrorPolicy: mirrorPolicy,
  RateLimitPolicy: rateLimitPolicy,
  RetryTimeoutPolicy: retryTimeoutPolicy,
  TransformationPolicy: transformationPolicy,
};
