/** Health checks of local servers. */
import http from "node:http";
import https from "node:https";

/** Returns true if a GET returns 200 within two seconds; `ca` is the certificate to verify an https server with. */
export function answersOk(url: string, options: { ca?: string; token?: string } = {}): Promise<boolean> {
  return new Promise((resolve) => {
    const client = url.startsWith("https:") ? https : http;
    const headers = options.token ? { Authorization: `Bearer ${options.token}` } : {};
    const request = client.get(url, { ca: options.ca, headers, timeout: 2_000, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on("timeout", () => request.destroy());
    request.on("error", () => resolve(false));
  });
}
