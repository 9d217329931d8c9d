/** HTTP/1.1 messages as bytes: what clients and servers of this folder read, without a parser's opinion on what is allowed. */

/** The first line and the headers of a message; text is one character for each byte. */
export interface Head {
  readonly first: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** A message that has arrived whole. */
export interface Message extends Head {
  readonly body: Buffer;
}

const END_OF_HEAD = Buffer.from("\r\n\r\n");

/** Collects bytes of one connection and gives whole messages. */
export class MessageReader {
  #bytes: Buffer = Buffer.alloc(0);

  /** Whether bytes of a message have come whose rest is missing. */
  get hasStarted(): boolean {
    return this.#bytes.length > 0;
  }

  add(bytes: Buffer): void {
    this.#bytes = this.#bytes.length === 0 ? bytes : Buffer.concat([this.#bytes, bytes]);
  }

  /** The next message, once all of it is there; `hasBody` tells from its head whether one can follow. */
  next(hasBody: (head: Head) => boolean): Message | undefined {
    const end = this.#bytes.indexOf(END_OF_HEAD);
    if (end < 0) return undefined;
    const head = readHead(this.#bytes.toString("latin1", 0, end));
    const start = end + END_OF_HEAD.length;
    const body = hasBody(head) ? this.#body(head, start) : { bytes: Buffer.alloc(0), end: start };
    if (body === undefined) return undefined;
    this.#bytes = this.#bytes.subarray(body.end);
    return { ...head, body: body.bytes };
  }

  #body(head: Head, start: number): { readonly bytes: Buffer; readonly end: number } | undefined {
    if (headerOf(head, "transfer-encoding") === "chunked") return this.#chunks(start);
    const end = start + Number(headerOf(head, "content-length") ?? 0);
    return end <= this.#bytes.length ? { bytes: this.#bytes.subarray(start, end), end } : undefined;
  }

  #chunks(start: number): { readonly bytes: Buffer; readonly end: number } | undefined {
    const parts: Buffer[] = [];
    for (let at = start; ; ) {
      const line = this.#bytes.indexOf("\r\n", at);
      if (line < 0) return undefined;
      const size = Number.parseInt(this.#bytes.toString("latin1", at, line), 16);
      const end = line + 2 + size + 2;
      if (end > this.#bytes.length) return undefined;
      if (size === 0) return { bytes: Buffer.concat(parts), end };
      parts.push(this.#bytes.subarray(line + 2, line + 2 + size));
      at = end;
    }
  }
}

function readHead(text: string): Head {
  const [first = "", ...lines] = text.split("\r\n");
  return {
    first,
    headers: lines.map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon), line.slice(colon + 1).trim()];
    }),
  };
}

/** The first value of a header by its name in small letters. */
export function headerOf({ headers }: Head, name: string): string | undefined {
  return headers.find(([written]) => written.toLowerCase() === name)?.[1];
}

/** A text as it looks where each byte is read as one character. */
export function asBytes(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}
