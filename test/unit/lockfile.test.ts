import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly inBundle?: boolean;
}

const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
  readonly packages: Readonly<Record<string, Locked>>;
};

const MODULES = "node_modules/";

/** Returns the package whose archive contains a bundled one, by its path in the lockfile. */
function bundler(place: string): string {
  const parent = place.slice(0, place.lastIndexOf(`/${MODULES}`));
  return packages[parent]?.inBundle === true ? bundler(parent) : parent;
}

describe("package-lock.json", () => {
  const installed = Object.entries(packages).filter(([place, { link }]) => place.includes(MODULES) && !(link === true));

  it("has a strong hash for every package from the registry; bundled ones are covered by their archive's", () => {
    assert.ok(installed.length > 500);
    const unheld = installed.filter(([place, { integrity, inBundle }]) => {
      const hash = inBundle === true ? packages[bundler(place)]?.integrity : integrity;
      return !/^sha512-[\w+/]{86}==$/.test(hash ?? "");
    });
    assert.deepEqual(
      unheld.map(([place]) => place),
      [],
    );
  });

  it("names no registry: the configured one is used", () => {
    assert.doesNotMatch(readFileSync("package-lock.json", "utf8"), /"resolved": "https?:/);
  });
});

describe("package.json", () => {
  it("pins every dependency of the workspace to one version", () => {
    const ranges = installedRanges();
    assert.deepEqual(ranges, []);
  });
});

/** Returns dependencies of the workspace's packages that are ranges; peers may be, because users choose them. */
function installedRanges(): string[] {
  const own = Object.keys(packages).filter((place) => !place.includes(MODULES));
  return own.flatMap((place) => {
    const manifest = JSON.parse(readFileSync(`${place === "" ? "." : place}/package.json`, "utf8")) as {
      readonly dependencies?: Readonly<Record<string, string>>;
      readonly devDependencies?: Readonly<Record<string, string>>;
    };
    return Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
      .filter(([, range]) => !/^\d+\.\d+\.\d+$/.test(range))
      .map(([name, range]) => `${place}: ${name} ${range}`);
  });
}
