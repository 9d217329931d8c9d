import { isDeferred } from "../../model/deferred.js";
import { inFocus, type Rule } from "../rule.js";

export const extractorGroups: Rule = {
  name: "extractor-groups",
  codes: ["MW0467"],
  description: "Extractors refer only to capture groups that their expressions have.",
  check(context) {
    for (const { subject, value } of inFocus(context, "TransformationPolicy")) {
      for (const [extractor, { regex, subgroup }] of Object.entries(value.extractors)) {
        const compiled = isDeferred(regex) ? undefined : context.compileRegex(regex);
        if (compiled === undefined || "reason" in compiled || subgroup <= compiled.groups) continue;
        const facts = { extractor, subgroup, groups: compiled.groups };
        context.findings.add("MW0467", subject, ["request", "extractors", extractor, "subgroup"], facts);
      }
    }
  },
};
