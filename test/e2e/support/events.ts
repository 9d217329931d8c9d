/** Reads the event log that the CLI writes during a run. */
import { existsSync, readFileSync } from "node:fs";

/** An event of one resource. */
export interface ResourceEvent {
  readonly at: "start" | "done" | "failed";
  readonly op: string;
  readonly urn: string;
  /** Last segment of the URN. */
  readonly name: string;
  /** Last segment of the type, such as `VirtualService`. */
  readonly kind: string;
  /** Changes, by property path. */
  readonly diff: Readonly<Record<string, string>>;
  /** The new inputs, as JSON. */
  readonly inputs: string;
}

export interface Finding {
  readonly severity: string;
  readonly message: string;
  readonly urn: string;
}

export interface Events {
  readonly resources: readonly ResourceEvent[];
  readonly diagnostics: readonly Finding[];
}

interface Metadata {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  readonly detailedDiff?: Readonly<Record<string, { readonly diffKind: string }>> | null;
  readonly new?: { readonly inputs?: unknown } | null;
}

interface RawEvent {
  readonly resourcePreEvent?: { readonly metadata: Metadata };
  readonly resOutputsEvent?: { readonly metadata: Metadata };
  readonly resOpFailedEvent?: { readonly metadata: Metadata };
  readonly diagnosticEvent?: { readonly severity: string; readonly message: string; readonly urn?: string };
}

/** Reads an event log, in chronological order. */
export function readEvents(file: string): Events {
  const resources: ResourceEvent[] = [];
  const diagnostics: Finding[] = [];
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
  for (const line of lines.filter((each) => each !== "")) {
    const event = parse(line);
    const { resourcePreEvent, resOutputsEvent, resOpFailedEvent, diagnosticEvent } = event;
    if (resourcePreEvent) resources.push(resourceEvent("start", resourcePreEvent.metadata));
    if (resOutputsEvent) resources.push(resourceEvent("done", resOutputsEvent.metadata));
    if (resOpFailedEvent) resources.push(resourceEvent("failed", resOpFailedEvent.metadata));
    if (diagnosticEvent && diagnosticEvent.severity !== "debug") {
      const { severity, message, urn = "" } = diagnosticEvent;
      diagnostics.push({ severity, message: message.replaceAll(/<\{%.*?%\}>/g, ""), urn });
    }
  }
  return { resources, diagnostics };
}

/** Parses a line; the last one of a killed run may be truncated. */
function parse(line: string): RawEvent {
  try {
    return JSON.parse(line) as RawEvent;
  } catch {
    return {};
  }
}

function resourceEvent(at: ResourceEvent["at"], metadata: Metadata): ResourceEvent {
  const { op, urn, type, detailedDiff } = metadata;
  const diff = Object.entries(detailedDiff ?? {}).map(([path, { diffKind }]) => [path, diffKind]);
  const name = urn.split("::").at(-1) ?? "";
  const inputs = JSON.stringify(metadata.new?.inputs ?? {});
  return { at, op, urn, name, kind: type.split(":").at(-1) ?? "", diff: Object.fromEntries(diff), inputs };
}
