import { accessRules } from "./access/rules.js";
import { connectionsRules } from "./connections/rules.js";
import { delegationRules } from "./delegation/rules.js";
import { destinationsRules } from "./destinations/rules.js";
import { gatewaysRules } from "./gateways/rules.js";
import { policiesRules } from "./policies/rules.js";
import { referencesRules } from "./references/rules.js";
import { routesRules } from "./routes/rules.js";
import type { Rule } from "./rule.js";
import { workspacesRules } from "./workspaces/rules.js";

/** All rules, by folder. The order does not affect the findings. */
export const rules: readonly Rule[] = [
  ...referencesRules,
  ...routesRules,
  ...connectionsRules,
  ...delegationRules,
  ...gatewaysRules,
  ...policiesRules,
  ...accessRules,
  ...destinationsRules,
  ...workspacesRules,
];
