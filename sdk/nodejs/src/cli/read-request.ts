import type { Request } from "../simulate/request.js";

/** The options that say more about a request. */
export interface RequestOptions {
  /** `name: value`, each. */
  readonly header?: readonly string[];
  /** `gateway:NAME`. */
  readonly from?: string;
  readonly cluster?: string;
}

/** A request out of the words of a command line, or what is wrong with them. The path stays as it is written. */
export function readRequest(method: string, url: string, options: RequestOptions): Request | string {
  const parts = /^(https?):\/\/([^/?#]*)([^#]*)/i.exec(url);
  if (parts === null) return `\`${url}\` is no URL, expected one such as https://shop.example.com/reviews`;
  const [, scheme = "", host = "", target = ""] = parts;
  const gateway = /^(?:gateway:)?([^:]+)$/.exec(options.from ?? "")?.[1];
  if (options.from !== undefined && gateway === undefined)
    return `\`${options.from}\` is not where a request comes from, expected \`gateway:NAME\``;
  const headers: [string, string][] = [];
  for (const header of options.header ?? []) {
    const colon = header.indexOf(":");
    if (colon < 1) return `\`${header}\` is no header, expected \`name: value\``;
    headers.push([header.slice(0, colon).trim(), header.slice(colon + 1).trim()]);
  }
  const named = headers.findLast(([name]) => name.toLowerCase() === "host")?.[1];
  const port = /:(\d{1,5})$/.exec(host)?.[1];
  return {
    from: {
      ...(options.cluster !== undefined && { cluster: options.cluster }),
      ...(gateway !== undefined && { gateway }),
    },
    scheme: scheme.toLowerCase() === "https" ? "https" : "http",
    host: named ?? host,
    // a Host header of its own does not change where the client connects to
    ...(named !== undefined && { serverName: host.replace(/:\d*$/, ""), port: Number(port ?? defaultPort(scheme)) }),
    path: target.startsWith("/") ? target : `/${target}`,
    method,
    headers: headers.filter(([name]) => name.toLowerCase() !== "host"),
  };
}

function defaultPort(scheme: string): number {
  return scheme.toLowerCase() === "https" ? 443 : 80;
}
