/** A certificate for everything that needs one. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Certificate } from "./standalone.js";

/** Creates a certificate and its key. */
export async function makeCertificate(): Promise<Certificate> {
  const { makeRoot, makeServerCertificate } = await import("../../lab/data-plane/istio/certificates.js");
  const folder = mkdtempSync(join(tmpdir(), "meshway-certificate-"));
  try {
    await makeRoot(folder);
    const { key, certificate } = await makeServerCertificate(folder, folder, ["example.com"]);
    return { chain: certificate, key };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
