/** The subset of protobuf's wire format that the servers in pods need: strings, messages and small integers. */

/** The fields of a message by number, each with all of its values: bytes or an integer. */
export type Fields = ReadonlyMap<number, readonly (Buffer | number)[]>;

/** Parses a message. */
export function readMessage(bytes: Buffer): Fields {
  const fields = new Map<number, (Buffer | number)[]>();
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    const kind = tag & 7;
    let value: Buffer | number;
    if (kind === 0) value = varint();
    else {
      const length = kind === 2 ? varint() : kind === 1 ? 8 : 4;
      value = bytes.subarray(at, at + length);
      at += length;
    }
    const number = Math.floor(tag / 8);
    fields.set(number, [...(fields.get(number) ?? []), value]);
  }
  return fields;
}

/** Returns the messages of a field. */
export function messagesAt(fields: Fields, number: number): readonly Fields[] {
  return (fields.get(number) ?? []).flatMap((value) => (typeof value === "number" ? [] : [readMessage(value)]));
}

/** Returns the message of a field, empty if absent. */
export function messageAt(fields: Fields, ...numbers: readonly number[]): Fields {
  return numbers.reduce<Fields>((inside, number) => messagesAt(inside, number)[0] ?? new Map(), fields);
}

/** Returns the string of a field, empty if absent. */
export function textAt(fields: Fields, number: number): string {
  return String(fields.get(number)?.[0] ?? "");
}

/** Returns the entries of a map<string, string> field. */
export function mapAt(fields: Fields, number: number): Readonly<Record<string, string>> {
  return Object.fromEntries(messagesAt(fields, number).map((entry) => [textAt(entry, 1), textAt(entry, 2)]));
}

/** Serializes fields with integers, strings or messages; a field may be repeated. */
export function writeMessage(fields: readonly (readonly [number: number, value: number | string | Buffer])[]): Buffer {
  return Buffer.concat(
    fields.flatMap(([number, value]) => {
      if (typeof value === "number") return [varintOf(number * 8), varintOf(value)];
      const bytes = Buffer.from(value);
      return [varintOf(number * 8 + 2), varintOf(bytes.length), bytes];
    }),
  );
}

function varintOf(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Buffer.from([...bytes, rest]);
}
