/** Maps `CSRFPolicy` to Envoy's filter `csrf`. Tested with upstream Envoy 1.40 and istiod 1.31. */
import type { Json } from "../../kube/object.js";
import { derive, type Leaf } from "../../model/deferred.js";
import type { TextMatch } from "../../model/text-match.js";
import { envoyType, filterWithRouteSettings, type HttpFilterRenderer } from "./http-filter.js";

const TYPE = envoyType("extensions.filters.http.csrf.v3.CsrfPolicy");

/** One filter, with a policy for each route. */
export const csrfFilters: HttpFilterRenderer = (table, scope) =>
  filterWithRouteSettings(table, "CSRFPolicy", {
    name: `meshway.csrf.${scope}`,
    settings: { "@type": TYPE, filter_enabled: { default_value: { numerator: 0 } } },
    ofRoute: ({ filterEnabled, shadowEnabled, percentage, additionalOrigins }) => ({
      "@type": TYPE,
      filter_enabled: part(filterEnabled, percentage),
      shadow_enabled: part(shadowEnabled, percentage),
      ...(additionalOrigins.length > 0 && { additional_origins: additionalOrigins.map(renderMatch) }),
    }),
  });

/** A percentage in millionths, or zero if off. */
function part(isOn: Leaf<boolean>, percentage: Leaf<number>): Json {
  const numerator = derive([isOn, percentage], () => (isOn === true ? Math.round(Number(percentage) * 10_000) : 0));
  return { default_value: { numerator, denominator: "MILLION" } };
}

function renderMatch({ kind, value }: TextMatch): Json {
  return kind === "regex" ? { safe_regex: { regex: value } } : { [kind]: value };
}
