/** Decides whether the output of `npm audit --json` fails a CI run. */

/** Severities that fail a run when they affect a package that users of Meshway install. */
const FAILS: ReadonlySet<string> = new Set(["high", "critical"]);

interface Vulnerability {
  readonly name: string;
  readonly severity: string;
  /** Advisories, or the names of the packages that pull in the vulnerability. */
  readonly via: readonly (string | { readonly title: string; readonly url: string })[];
}

export interface Verdict {
  /** `unanswered` is not a failure: some registries have no advisories, and some machines have no network. */
  readonly outcome: "passed" | "failed" | "unanswered";
  readonly lines: readonly string[];
}

/** Judges npm's report for one scope of packages; only a scope that users install can fail the run. */
export function judge(stdout: string, scope: string, isInstalledByUsers: boolean): Verdict {
  const report = parse(stdout);
  if (report?.vulnerabilities === undefined) {
    const reason = report?.message ?? report?.error?.summary ?? "it answered nothing that npm understands";
    return {
      outcome: "unanswered",
      lines: [`npm audit: skipped, the registry gave no advisories (${oneLine(reason)})`],
    };
  }
  const found = Object.values(report.vulnerabilities);
  const fails = isInstalledByUsers && found.some(({ severity }) => FAILS.has(severity));
  const count = found.length === 0 ? "no" : found.length;
  const head = `npm audit: ${count} vulnerable ${found.length === 1 ? "package" : "packages"} among ${scope}`;
  return { outcome: fails ? "failed" : "passed", lines: [head, ...found.map(line)] };
}

function line({ name, severity, via }: Vulnerability): string {
  const why = via.map((each) => (typeof each === "string" ? `by ${each}` : `${each.title}, ${each.url}`));
  return `  ${severity}: ${name} (${why.join("; ")})`;
}

interface Report {
  readonly vulnerabilities?: Readonly<Record<string, Vulnerability>>;
  readonly message?: string;
  readonly error?: { readonly summary?: string };
}

function parse(text: string): Report | undefined {
  try {
    return JSON.parse(text) as Report;
  } catch {
    return undefined;
  }
}

/** Collapses the text to one line and removes addresses, which are specific to the machine. */
function oneLine(text: string): string {
  return text
    .replaceAll(/https?:\/\/\S+/g, "the registry")
    .replaceAll(/\s+/g, " ")
    .trim();
}
