import type { Rule } from "../rule.js";
import { bodyNotAllowed } from "./body-not-allowed.js";
import { duplicateRouteName } from "./duplicate-route-name.js";
import { headerWrittenLater } from "./header-written-later.js";
import { hostRewriteLost } from "./host-rewrite-lost.js";
import { noDestination } from "./no-destination.js";
import { regexRefused } from "./regex-refused.js";
import { repeatedCondition } from "./repeated-condition.js";
import { rewriteFitsNoMatcher } from "./rewrite-fits-no-matcher.js";
import { routedClaims } from "./routed-claims.js";
import { sidecarHosts } from "./sidecar-hosts.js";
import { substitutionRefused } from "./substitution-refused.js";
import { unevenRewrite } from "./uneven-rewrite.js";
import { unreachableRoute } from "./unreachable-route.js";
import { unusualMethod } from "./unusual-method.js";
import { weightsNot100 } from "./weights-not-100.js";

export const routesRules: readonly Rule[] = [
  duplicateRouteName,
  weightsNot100,
  regexRefused,
  unreachableRoute,
  rewriteFitsNoMatcher,
  unevenRewrite,
  noDestination,
  repeatedCondition,
  unusualMethod,
  substitutionRefused,
  bodyNotAllowed,
  sidecarHosts,
  hostRewriteLost,
  headerWrittenLater,
  routedClaims,
];
