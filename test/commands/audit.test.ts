/** Runs `npm run audit` against local registries: with advisories, without any, and unreachable. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

const BULK = "/-/npm/v1/security/advisories/bulk";

/** Serves one advisory, for every version of a package, and knows the packages that depend on it. */
function withAdvisory(name: string, severity: string, asked: string[]): RequestListener {
  return (request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      response.setHeader("content-type", "application/json");
      if (request.url !== BULK) {
        const known = decodeURIComponent(request.url?.slice(1) ?? "");
        response.end(JSON.stringify({ name: known, "dist-tags": { latest: "1.0.0" }, versions: {} }));
        return;
      }
      const body = Buffer.concat(parts);
      const packages = JSON.parse(String(body[0] === 0x1f ? gunzipSync(body) : body)) as Record<string, string[]>;
      asked.push(...Object.keys(packages));
      const url = "https://advisories.example.com/1";
      const advisory = { id: 1, url, title: "A made-up weakness", severity, vulnerable_versions: "*" };
      response.end(JSON.stringify(name in packages ? { [name]: [advisory] } : {}));
    });
  };
}

describe("npm run audit", function () {
  this.timeout(3 * 60_000);
  let server: Server | undefined;
  // npm caches the registry's answers
  let cache: string;

  beforeEach(() => {
    cache = mkdtempSync(join(tmpdir(), "meshway-npm-"));
  });

  afterEach(() => {
    rmSync(cache, { recursive: true, force: true });
    server?.closeAllConnections();
    server?.close();
    server = undefined;
  });

  async function serve(listener: RequestListener): Promise<string> {
    const started = createServer(listener);
    server = started;
    await new Promise<void>((resolve) => started.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(started.address() as AddressInfo).port}/`;
  }

  function audit(registry: string): Promise<{ code: number | null; text: string }> {
    const env = { ...process.env, npm_config_registry: registry, npm_config_cache: cache };
    return new Promise((resolve) => {
      const child = spawn("npx", ["--no-install", "tsx", "test/audit/main.ts"], { env });
      let text = "";
      for (const stream of [child.stdout, child.stderr]) stream.on("data", (said: Buffer) => (text += said));
      child.on("close", (code) => resolve({ code, text }));
    });
  }

  it("fails for a severe vulnerability in a package that users install", async () => {
    const { code, text } = await audit(await serve(withAdvisory("zod", "high", [])));
    assert.equal(code, 1, text);
    assert.match(text, /high: zod \(A made-up weakness, https:\/\/advisories\.example\.com\/1\)/);
  });

  it("only reports lesser vulnerabilities, and those of packages that only this repository uses", async () => {
    const asked: string[] = [];
    const lesser = await audit(await serve(withAdvisory("zod", "moderate", asked)));
    assert.deepEqual([lesser.code, asked.includes("vitest")], [0, true], lesser.text);
    assert.match(lesser.text, /moderate: zod/);
    server?.close();
    rmSync(cache, { recursive: true });
    const own = await audit(await serve(withAdvisory("fast-check", "critical", [])));
    assert.equal(own.code, 0, own.text);
    assert.match(own.text, /no vulnerable packages among what users install\n/);
    assert.match(own.text, /critical: fast-check/);
  });

  it("reports a registry without advisories, and passes", async () => {
    const registry = await serve((_, response) => {
      response.statusCode = 405;
      response.end();
    });
    const { code, text } = await audit(registry);
    assert.equal(code, 0, text);
    assert.match(text, /^npm audit: skipped, the registry gave no advisories \(.*405.*\)\n$/);
    assert.ok(!text.includes(registry), text);
  });

  it("reports an invalid answer of a registry, and passes", async () => {
    const { code, text } = await audit(await serve((_, response) => void response.end("<html>")));
    assert.equal(code, 0, text);
    assert.match(text, /^npm audit: skipped, /);
  });

  it("reports an unreachable registry, and passes", async () => {
    const registry = await serve(() => undefined);
    await new Promise((resolve) => server?.close(resolve));
    const { code, text } = await audit(registry);
    assert.equal(code, 0, text);
    assert.match(text, /^npm audit: skipped, .*ECONNREFUSED/);
  });
});
