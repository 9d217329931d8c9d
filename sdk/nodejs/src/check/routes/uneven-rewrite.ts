import { isDeferred } from "../../model/deferred.js";
import { effectiveTables } from "../facts/effective-tables.js";
import type { Rule } from "../rule.js";

export const unevenRewrite: Rule = {
  name: "uneven-rewrite",
  codes: ["MW0208"],
  description: "A matched prefix and its rewrite both end in a slash, or neither does: Envoy replaces plain text.",
  check(context) {
    for (const { table, report } of effectiveTables(context)) {
      if (table.undecided.length > 0) continue;
      table.http.forEach(({ action, matchers }, index) => {
        if (action.kind !== "forward" || action.path?.kind !== "replace" || isDeferred(action.path.value)) return;
        const rewrite = action.path.value;
        for (const { uri } of matchers) {
          if (uri?.kind !== "prefix" || isDeferred(uri.value)) continue;
          if (uri.value.endsWith("/") === rewrite.endsWith("/")) continue;
          const rest = uri.value.endsWith("/") ? "cart" : "/cart";
          report("MW0208", ["http", index, "forwardTo", "pathRewrite"], {
            prefix: uri.value,
            rewrite,
            example: uri.value + rest,
            result: rewrite + rest,
          });
        }
      });
    }
  },
};
