/** Restricts headers that routes write: Envoy formats their values, and some are reserved to the proxy. */
import { formatPatterns } from "../../model/envoy-format.js";
import { PROXY_HEADER_PREFIX, PROXY_HEADERS } from "../../model/written-headers.js";
import { celList, celText } from "./cel.js";
import type { Validation } from "./policy.js";

const DIRECTIONS = ["request", "response"] as const;
const WRITES = ["set", "add"] as const;

/** Maximum length of a value in a message, because messages have a size limit. */
const MOST_SHOWN = 200;

/**
 * Variables: for each route of `variables.http`, header names and values it may not write, its destinations included.
 */
export function headerVariables(): Readonly<Record<string, string>> {
  const inPlaces = (found: (place: string) => string): string =>
    `variables.http.map(r, [${found("r")}] + r.?route.orValue([]).map(d, ${found("d")}))`;
  return {
    headerNames: inPlaces(namesIn),
    headerValues: inPlaces(valuesIn),
    wrongNames: wrong("headerNames", isProxyHeader("x")),
    wrongValues: wrong("headerValues", isRefusedFormat("x")),
  };
}

function mapsIn(place: string): readonly string[] {
  return DIRECTIONS.flatMap((direction) => WRITES.map((write) => `${place}.?headers.?${direction}.?${write}`));
}

function namesIn(place: string): string {
  const written = mapsIn(place).map((each) => `${each}.orValue({}).map(k, k)`);
  const removed = DIRECTIONS.map((direction) => `${place}.?headers.?${direction}.?remove.orValue([])`);
  return [...written, ...removed].join(" + ");
}

function valuesIn(place: string): string {
  return mapsIn(place)
    .map((each) => `${each}.orValue({}).map(k, ${each.replaceAll(".?", ".")}[k])`)
    .join(" + ");
}

function wrong(variable: string, isWrong: string): string {
  return (
    `variables.${variable}.map(r, r.map(p, p.filter(x, ${isWrong})).filter(p, p.size() > 0))` +
    ".filter(r, r.size() > 0)"
  );
}

/** Tests whether a header name is reserved to the proxy. */
export function isProxyHeader(name: string): string {
  const isToken = `${name}.matches("^[!#$%&'*+.^_\`|~0-9A-Za-z-]+$")`;
  return (
    `(!${isToken} || ${name}.lowerAscii() in ${celList(PROXY_HEADERS)} || ` +
    `${name}.lowerAscii().startsWith(${celText(PROXY_HEADER_PREFIX)}))`
  );
}

/** Tests whether Envoy would reject a format, or accept one that reads values reserved to the proxy. */
export function isRefusedFormat(value: string): string {
  const { takes, never } = formatPatterns();
  return `(${value}.contains("%") && (!${value}.matches(${celText(takes)}) || ${value}.matches(${celText(never)})))`;
}

/** Shortens a value for a message. */
export function celShown(value: string): string {
  return `(${value}.size() > ${MOST_SHOWN} ? ${value}.substring(0, ${MOST_SHOWN}) : ${value})`;
}

/** Tail of the message about a refused format. */
export const FORMAT_HELP =
  " holds an operator that reads what is the proxy's own, or that Envoy does not take, " +
  "expected operators such as `%REQ(x-request-id)%`, and `%%` for a percent sign: " +
  "change the text, or ask the operators to apply the object";

/** Nobody may write headers reserved to the proxy, nor reveal its values through a route. */
export function headerRules(unless = "false"): readonly Validation[] {
  return [
    {
      expression: `${unless} || variables.wrongNames.size() == 0`,
      message: "a route writes a header that is the proxy's own",
      sentence:
        `"a route writes or removes header " + ${celShown("variables.wrongNames[0][0][0]")} + ` +
        celText(
          ", which is no name or the proxy's own, expected another header: " +
            "remove it, or ask the operators to apply the object",
        ),
    },
    {
      expression: `${unless} || variables.wrongValues.size() == 0`,
      message: "a route writes a header with a value that reads what is the proxy's own",
      sentence: `"the value of a header, " + ${celShown("variables.wrongValues[0][0][0]")} + "," + ${celText(FORMAT_HELP)}`,
    },
  ];
}
