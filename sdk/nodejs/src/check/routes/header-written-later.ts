import { isDeferred } from "../../model/deferred.js";
import { callingProxiesOf } from "../facts/callers.js";
import { effectivePolicies } from "../facts/effective-policies.js";
import { effectiveTables, type ReportableTable, type WrittenPlace } from "../facts/effective-tables.js";
import { meetingsOf, type Party } from "../facts/holdings.js";
import { type LaterHeader, laterHeaders } from "../facts/later-headers.js";
import { proxiesKey } from "../facts/listeners.js";
import { type CheckContext, isFocused, type Rule } from "../rule.js";

export const headerWrittenLater: Rule = {
  name: "header-written-later",
  codes: ["MW0270", "MW0271"],
  description:
    "No matcher reads a header that a policy on the same proxies writes: Envoy selects routes first, by what callers " +
    "send.",
  check(context) {
    for (const served of effectiveTables(context)) {
      const writes = writesOf(context, served);
      const reads = readsOf(served);
      reads.forEach((read) => {
        const write = writes.find((each) => each.header === read.header && reaches(each, read, reads));
        if (write !== undefined) tell(served, read, write);
      });
      meetOthers(context, served, reads, writes);
    }
  },
};

/** A condition on a header, and its place in the served table. */
interface Read {
  readonly header: string;
  readonly route: number;
  readonly matcher: number;
  readonly index: number;
}

interface Write extends LaterHeader {
  readonly route: number;
}

function readsOf({ table }: ReportableTable): readonly Read[] {
  return table.http.flatMap(({ matchers }, route) =>
    matchers.flatMap(({ headers }, matcher) =>
      headers.flatMap(({ name }, index) => (isDeferred(name) ? [] : [{ header: name, route, matcher, index }])),
    ),
  );
}

function writesOf(context: CheckContext, { table }: ReportableTable): readonly Write[] {
  const found = effectivePolicies(context, table).flatMap((routes) =>
    routes.flatMap((policies, route) => laterHeaders(policies).map((each) => ({ ...each, route }))),
  );
  // what says who the caller is comes first
  return [...found.filter(({ isIdentity }) => isIdentity), ...found.filter(({ isIdentity }) => !isIdentity)];
}

/**
 * A route may replace a header by which callers select it, unless the header is written for a route without the
 * condition.
 */
function reaches(write: Write, { header }: Read, reads: readonly Read[]): boolean {
  return write.isIdentity || !reads.some((read) => read.header === header && read.route === write.route);
}

function tell({ table, report }: ReportableTable, { header, route, matcher, index }: Read, write: Write): void {
  const { kind, policy, field } = write;
  const name = table.http[route]?.name ?? "";
  report("MW0270", ["http", route, "matchers", matcher, "headers", index], {
    route: name,
    header,
    kind,
    policy,
    field,
  });
}

/** A table that reads or writes a header at some proxies. */
interface HeaderParty extends Party {
  readonly table: string;
  /** A matcher that reads it. */
  readonly reads?: { readonly route: string; readonly header: string; readonly place: WrittenPlace };
  readonly writes?: LaterHeader;
}

function meetOthers(
  context: CheckContext,
  served: ReportableTable,
  reads: readonly Read[],
  writes: readonly Write[],
): void {
  const { subject, table, placeOf } = served;
  const isReported = isFocused(context, subject);
  // what the table's own policies write is reported already
  const own = new Set(writes.map(({ header }) => header));
  const parties: readonly HeaderParty[] = [
    ...reads.flatMap(({ header, route, matcher, index }): readonly HeaderParty[] => {
      if (own.has(header)) return [];
      const place = placeOf(["http", route, "matchers", matcher, "headers", index]);
      const key = JSON.stringify([subject.name, "reads", header, route, matcher]);
      const name = table.http[route]?.name ?? "";
      return [{ key, isReported, exact: header, table: subject.name, reads: { route: name, header, place } }];
    }),
    ...writes.map((write): HeaderParty => {
      const key = JSON.stringify([subject.name, "writes", write.header, write.kind, write.policy]);
      return { key, isReported, exact: write.header, table: subject.name, writes: write };
    }),
  ];
  const told = new Set<string>();
  for (const proxies of proxiesOf(context, served)) {
    const meetings = meetingsOf<HeaderParty>(context, "later headers", proxies);
    for (const party of parties)
      meetings.meet(party, (reader, writer) => {
        if (reader.reads === undefined || writer.writes === undefined || reader.table === writer.table) return;
        if (told.has(reader.key)) return;
        told.add(reader.key);
        const { place, ...read } = reader.reads;
        const { kind, policy, field, isIdentity } = writer.writes;
        const code = isIdentity ? "MW0270" : "MW0271";
        const facts = { ...read, kind, policy, field, table: writer.table };
        context.findings.add(code, place.subject, place.path, facts, place.through);
      });
  }
}

/** The proxies that have a table's routes. */
function proxiesOf(context: CheckContext, { table }: ReportableTable): readonly string[] {
  const found = callingProxiesOf(context, table).map(({ gateway: name, namespace, cluster }) => {
    const gateway = name === undefined ? undefined : context.model.VirtualGateway.get(name);
    return JSON.stringify([table.fleet, cluster.name, gateway === undefined ? namespace : proxiesKey(gateway)]);
  });
  return [...new Set(found)];
}
