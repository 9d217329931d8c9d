/** Changes of hosts and paths that come close to the conditions of a table. */
import fc from "fast-check";
import { often } from "./often.js";
import { nastyPath, nastySegment } from "./texts.js";

type Change = (text: string) => string;
const same: Change = (text) => text;

export const hostChange: fc.Arbitrary<Change> = often(
  4,
  same,
  fc.constantFrom<Change>(
    (host) => host.toUpperCase(),
    (host) => `${host}:80`,
    (host) => `${host}:8080`,
    (host) => `${host}:`,
    (host) => `${host}:99999`,
    (host) => `${host}:x`,
    (host) => `${host}.`,
    (host) => `${host}.:80`,
    (host) => `x.${host}`,
    (host) => `.${host}`,
    (host) => `x${host}`,
    (host) => host.replace(/^[^.]*\./, ""),
    (host) => `${host}:80:80`,
    (host) => `  ${host} `,
    (host) => `${host}/`,
    (host) => `u@${host}`,
    (host) => `${host}, ${host}`,
    (host) => host.replace("t", "%74"),
    () => "",
    () => "other.org",
    () => "[::1]",
    () => "[::1]:80",
    () => "127.0.0.1",
    () => "*.test",
    () => "é.test",
    () => "a b",
    () => "test",
  ),
);

export const pathChange: fc.Arbitrary<Change> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(same) },
  {
    weight: 4,
    arbitrary: fc.tuple(nastySegment, fc.nat(8)).map(
      ([segment, at]): Change =>
        (path) => {
          const parts = path.split("/");
          return parts.toSpliced(1 + (at % parts.length), 0, segment).join("/");
        },
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom<Change>(
      (path) => `${path}/`,
      (path) => `/${path}`,
      (path) => path.replace(/\/$/, ""),
      (path) => path.toUpperCase(),
      (path) => path.toLowerCase(),
      (path) => `${path}x`,
      (path) => path.replace(/[a-z]/, (char) => `%${char.charCodeAt(0).toString(16)}`),
      (path) => path.replaceAll("/", "\\"),
      (path) => `/./${path.slice(1)}`,
      (path) => `/x/..${path}`,
      (path) => `${path}/..`,
      (path) => `${path};v=1`,
      (path) => `${path}%20`,
      (path) => path.replace("%", "%25"),
    ),
  },
  {
    weight: 1,
    arbitrary: nastyPath.map(
      (path): Change =>
        () =>
          path,
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Change>(
      ...Array.from({ length: 25 }, () => (path: string) => `${path}${"a".repeat(50)}`),
      (path) => `${path}${"a".repeat(2000)}`,
      (path) => `${path}#f`,
      (path) => path.slice(1),
      (path) => `${path}é`,
      (path) => `${path} x`,
      (path) => `${path}\t`,
      (path) => `${path}\u0001`,
      () => "*",
      () => "",
    ),
  },
);
