/**
 * Certificates of a lab, created with openssl: one root CA, an intermediate CA per cluster, and server certificates.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { execa } from "execa";

const DAYS = "30";
const KEY = ["ecparam", "-genkey", "-name", "prime256v1", "-noout", "-out"];

/** Creates the root CA that all clusters share. */
export async function makeRoot(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await openssl(folder, ...KEY, "root-key.pem");
  const extensions = ["basicConstraints=critical,CA:true", "keyUsage=critical,keyCertSign,cRLSign"];
  await openssl(
    folder,
    ...[
      "req",
      "-x509",
      "-new",
      "-key",
      "root-key.pem",
      "-days",
      DAYS,
      "-subj",
      "/O=lab/CN=root",
      "-out",
      "root-cert.pem",
    ],
    ...extensions.flatMap((extension) => ["-addext", extension]),
  );
}

/** Creates the CA of one cluster, in the files that istiod expects. */
export async function makeClusterAuthority(root: string, folder: string, cluster: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await openssl(folder, ...KEY, "ca-key.pem");
  await sign(root, folder, {
    name: "ca",
    subject: `/O=lab/CN=${cluster}`,
    extensions: "basicConstraints=critical,CA:true,pathlen:0\nkeyUsage=critical,digitalSignature,keyCertSign,cRLSign\n",
  });
  const [own, above] = await Promise.all([
    readFile(path.join(folder, "ca-cert.pem"), "utf8"),
    readFile(path.join(root, "root-cert.pem"), "utf8"),
  ]);
  await writeFile(path.join(folder, "cert-chain.pem"), own + above);
  await writeFile(path.join(folder, "root-cert.pem"), above);
}

/** Creates a key and a certificate for these DNS names, signed by the root CA. */
export async function makeServerCertificate(
  root: string,
  folder: string,
  names: readonly string[],
): Promise<{ readonly key: string; readonly certificate: string }> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await openssl(folder, ...KEY, "server-key.pem");
  await sign(root, folder, {
    name: "server",
    subject: `/O=lab/CN=${names[0]}`,
    extensions: `subjectAltName=${names.map((name) => `DNS:${name}`).join(",")}\n`,
  });
  const [key, certificate] = await Promise.all([
    readFile(path.join(folder, "server-key.pem"), "utf8"),
    readFile(path.join(folder, "server-cert.pem"), "utf8"),
  ]);
  return { key, certificate };
}

interface Signing {
  readonly name: string;
  readonly subject: string;
  readonly extensions: string;
}

async function sign(root: string, folder: string, { name, subject, extensions }: Signing): Promise<void> {
  await writeFile(path.join(folder, `${name}.ext`), extensions);
  await openssl(folder, "req", "-new", "-key", `${name}-key.pem`, "-subj", subject, "-out", `${name}.csr`);
  await openssl(
    folder,
    ...["x509", "-req", "-in", `${name}.csr`, "-CA", path.join(root, "root-cert.pem")],
    ...["-CAkey", path.join(root, "root-key.pem"), "-CAcreateserial", "-days", DAYS],
    ...["-extfile", `${name}.ext`, "-out", `${name}-cert.pem`],
  );
}

async function openssl(folder: string, ...args: readonly string[]): Promise<void> {
  await execa("openssl", args, { cwd: folder, stdin: "ignore" });
}
