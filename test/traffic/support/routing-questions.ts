/** Requests to examples/routing through the gateway `web`, with their answers, grouped by feature. */
import type { HttpCall } from "../../lab/data-plane/app/messages.js";
import type { Wanted } from "./prediction.js";

/** A request and its answer. */
export interface Question extends Omit<HttpCall, "kind"> {
  readonly wanted: Wanted;
}

/** A route of the table `matching` answers with its own name; without one, no route matches the request. */
function match(target: string, route?: string, rest: Pick<HttpCall, "method" | "headers"> = {}): Question {
  const wanted = route === undefined ? { status: 404, body: "" } : { status: 200, body: route };
  return { url: `http://match.example.com${target}`, ...rest, wanted };
}

const header = (name: string, value: string) => ({ headers: [[name, value] as const] });

/** Requests to the table `matching`, by title. */
export const MATCHES: Readonly<Record<string, readonly Question[]>> = {
  "compare the whole path": [
    match("/exact", "exact"),
    match("/exact?page=1", "exact"),
    match("/exact/"),
    match("/Exact"),
    match("/any/CASE", "exact-in-any-case"),
    match("/any/case/"),
  ],
  "compare the beginning of a path as text, in the order of the routes": [
    match("/prefix", "prefix"),
    match("/prefixed", "prefix"),
    match("/prefix/long/er", "long-prefix"),
    match("/Prefix"),
    match("/mIXED/more", "prefix-in-any-case"),
  ],
  "compare the whole path with a regular expression": [
    match("/items/42", "regex"),
    match("/items/42?a=b", "regex"),
    match("/items/42/"),
    match("/items/x"),
    match("/COLOR", "regex-in-any-case"),
    match("/colour", "regex-in-any-case"),
  ],
  "compare headers by value, expression, presence and absence": [
    match("/header", "header-value", header("X-User", "ann")),
    match("/header", "header-regex", header("x-user", "bob")),
    match("/header", "header-present", header("x-user", "Ann")),
    match("/header", "header-present", header("x-user", "")),
    match("/header", "header-absent"),
  ],
  "take a missing header for one of another value": [
    match("/stage", "not-in-beta"),
    match("/stage", "not-in-beta", header("x-stage", "gamma")),
    match("/stage", "neither-a-nor-b", header("x-stage", "beta")),
    match("/stage", undefined, {
      headers: [
        ["x-stage", "beta"],
        ["x-ring", "a"],
      ],
    }),
    match("/stage", "neither-a-nor-b", {
      headers: [
        ["x-stage", "beta"],
        ["x-ring", "abc"],
      ],
    }),
  ],
  "compare parameters of the query": [
    match("/query?page=1", "query-value"),
    match("/query?other=x&page=1", "query-value"),
    match("/query?page=3", "query-regex"),
    match("/query?page=33", "query-present"),
    match("/query?page", "query-present"),
    match("/query?page=", "query-present"),
    match("/query?Page=1"),
    match("/query"),
  ],
  "compare the method": [
    match("/method", "method", { method: "DELETE" }),
    match("/method"),
    match("/method", undefined, { method: "PUT" }),
  ],
  "compare the port": [match(":8000/port", "port"), match("/port")],
  "need all conditions of one matcher": [
    match("/all/of/it?a=1&b=", "all-at-once", { method: "POST", ...header("x-user", "ann") }),
    match("/all/of/it?a=1&b=", undefined, header("x-user", "ann")),
    match("/all/of/it?a=1", undefined, { method: "POST", ...header("x-user", "ann") }),
    match("/all/of/it?a=1&b", undefined, { method: "POST" }),
    match("/all/of/it?a=1&b", undefined, {
      method: "POST",
      headers: [
        ["x-user", "ann"],
        ["x-bot", "1"],
      ],
    }),
  ],
  "need one matcher of several": [
    match("/one", "one-of-several"),
    match("/two", "one-of-several", { method: "PUT" }),
    match("/two"),
  ],
};

/** A request to the table `teams`; answers contain the name of the route. */
function team(target: string, wanted: Wanted | string, rest: Pick<HttpCall, "method" | "headers"> = {}): Question {
  const answer = typeof wanted === "string" ? { status: 200, body: wanted } : wanted;
  return { url: `http://teams.example.com${target}`, ...rest, wanted: answer };
}

/** Requests to the tables behind `teams`, by title. */
export const DELEGATED: Readonly<Record<string, readonly Question[]>> = {
  "put the prefixes of delegating routes before every kind of path": [
    team("/items/42", "number"),
    team("/v2/items/first", "number"),
    team("/items/list/a?b=c", { status: 200, pod: "catalog-v2", path: "/catalog/a?b=c" }),
    team("/42", "any-page"),
    team("/items/x", "any-page"),
  ],
  "add the conditions of all routes on the way": [
    team("/items/admin/status", "status", header("x-user", "ann")),
    team("/items/admin/status", "any-page"),
    team("/items/admin/more", { status: 200, path: "/items/admin/more" }, header("x-user", "ann")),
    team("/items/admin/more", "any-page", { method: "POST", ...header("x-user", "ann") }),
    team("/v2/items/42", "any-page", { method: "PUT" }),
  ],
  "come by the weight of their tables": [
    team("/pages/1", "draft", header("x-user", "bob")),
    team("/pages/2", "today", header("x-user", "bob")),
  ],
  "come by their paths, of the tables that the selector fits": [
    team("/pages/long/news", "news"),
    team("/pages/long/others", "long-page"),
    team("/pages/1", "today"),
    team("/", "any-page"),
  ],
};

const SHOP = "http://shop.example.com";
const reaches = (target: string, path: string, rest: Wanted = {}): Question => ({
  url: `${SHOP}${target}`,
  wanted: { status: 200, path, host: "shop.example.com", ...rest },
});
const answers = (target: string, wanted: Wanted): Question => ({ url: `${SHOP}${target}`, wanted });

/** Requests to the tables `actions` and `others`, by title. */
export const ACTIONS: Readonly<Record<string, readonly Question[]>> = {
  "forward to the default destination, as the request is": [reaches("/any/path?a=b&c", "/any/path?a=b&c")],
  "forward to one subset": [reaches("/newest", "/newest", { pod: "catalog-v2" })],
  "rewrite the matched prefix": [reaches("/old/a/b?c=d", "/new/a/b?c=d"), reaches("/old", "/old")],
  "rewrite the whole of an exact path": [reaches("/start?a=b", "/welcome?a=b"), reaches("/start/", "/start/")],
  "rewrite by a regular expression": [reaches("/users/ann/orders?open", "/orders/ann?open")],
  "rewrite the host": [reaches("/host", "/host", { host: "catalog.internal" })],
  "take the host of the destination": [reaches("/auto-host", "/auto-host", { host: "catalog.global" })],
  "forward to addresses outside of the fleet, with and without TLS": [
    reaches("/archive/1", "/archive/1", { pod: "outside" }),
    reaches("/partner/1", "/partner/1", { pod: "outside", host: "partner.example.net" }),
  ],
  "redirect with each status": [
    answers("/moved-host/a?b=c", { status: 301, location: "http://new.example.com/moved-host/a?b=c" }),
    answers("/found/a?b=c", { status: 302, location: "http://shop.example.com/here?b=c" }),
    answers("/see-other", { status: 303, location: "http://new.example.com/there" }),
    answers("/temporary", { status: 307, location: "http://shop.example.com/for-now" }),
    answers("/permanent", { status: 308, location: "http://shop.example.com/for-ever" }),
    answers(":8000/found", { status: 302, location: "http://shop.example.com:8000/here" }),
  ],
  "answer at once": [
    answers("/gone", { status: 410, body: "it is gone\n" }),
    answers("/empty", { status: 204, body: "" }),
  ],
  "serve hosts that only a wildcard names": [
    { url: "http://any.example.com/", wanted: { status: 200, body: "some other host" } },
    { url: "http://a.b.example.com/", wanted: { status: 200, body: "some other host" } },
    { url: "http://ANY.example.com:80/", wanted: { status: 200, body: "some other host" } },
    { url: "http://example.com/", wanted: { status: 404 } },
    { url: "http://example.org/", wanted: { status: 404 } },
    { url: `${SHOP}/`, wanted: { status: 200, host: "shop.example.com" } },
  ],
};
