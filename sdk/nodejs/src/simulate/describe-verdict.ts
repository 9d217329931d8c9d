import type { FailedCondition, RouteVerdict, Wanted } from "./trace.js";

/** Describes in one line which condition failed. */
export function describeFailed({ on, name, wanted, found }: FailedCondition): string {
  switch (on) {
    case "path":
      return `path ${describePath(wanted)}`;
    case "method":
      return `method is ${found[0] ?? ""}, wanted ${wanted.value ?? ""}`;
    case "port":
      return `only at port ${wanted.value ?? ""}`;
    case "header":
      return `header ${name ?? ""} ${describeValue(wanted, found)}`;
    case "claim":
      return `claim ${name ?? ""} ${describeValue(wanted, found)}`;
    case "query":
      return `parameter ${name ?? ""} ${describeValue(wanted, found)}`;
  }
}

function describePath({ how, value = "", ignoreCase }: Wanted): string {
  const inAnyCase = ignoreCase === true ? " in any case" : "";
  if (how === "prefix") return `does not begin with ${value}${inAnyCase}`;
  return how === "regex" ? `does not match ${value}` : `is not ${value}${inAnyCase}`;
}

function describeValue({ how, value = "", invert }: Wanted, found: readonly string[]): string {
  const is = found.length === 0 ? "is absent" : `is ${found.map((each) => JSON.stringify(each)).join(" and ")}`;
  if (how === "present") return invert === true ? "is present, wanted none" : "is absent";
  const text = how === "regex" ? `a match of ${value}` : JSON.stringify(value);
  return `${is}, wanted ${invert === true ? "anything but " : ""}${text}`;
}

/** Explains why a route did not match the request: one reason for each of its matchers, at most three. */
export function describeVerdict({ matchers }: RouteVerdict): string {
  const reasons = [
    ...new Set(matchers.flatMap(({ failed }) => (failed === undefined ? [] : [describeFailed(failed)]))),
  ];
  const more = reasons.length - MOST_REASONS;
  return [...reasons.slice(0, MOST_REASONS), ...(more > 0 ? [`${more} more`] : [])].join("; ");
}

const MOST_REASONS = 3;

/** A verdict to show, or the number of verdicts that are left out. */
export type ShownVerdict = RouteVerdict | number;

/** Maximum number of verdicts to show; shorter lists are shown in full. */
const MOST_SHOWN = 12;
const LAST = 3;

/** Selects the informative verdicts among many: the last ones, and those whose path matches. */
export function shownVerdicts(routes: readonly RouteVerdict[]): readonly ShownVerdict[] {
  if (routes.length <= MOST_SHOWN) return routes;
  const near = routes.filter(({ matchers }) =>
    matchers.some(({ failed }) => failed !== undefined && failed.on !== "path"),
  );
  const kept = new Set([...near.slice(-(MOST_SHOWN - LAST)), ...routes.slice(-LAST)]);
  const shown: ShownVerdict[] = [];
  for (const route of routes) {
    const last = shown.at(-1);
    if (kept.has(route)) shown.push(route);
    else if (typeof last === "number") shown[shown.length - 1] = last + 1;
    else shown.push(1);
  }
  return shown;
}
