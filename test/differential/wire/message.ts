/**
 * HTTP/1.1 messages as bytes, as this folder's clients and servers read them, without a parser that enforces validity.
 */

/** The first line and the headers of a message; text has one character per byte. */
export interface Head {
  readonly first: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** A complete message. */
export interface Message extends Head {
  readonly body: Buffer;
}

const END_OF_HEAD = Buffer.from("\r\n\r\n");

/** Collects the bytes of one connection and returns complete messages. */
export class MessageReader {
  #bytes: Buffer = Buffer.alloc(0);

  /** True if part of a message has arrived. */
  get hasStarted(): boolean {
    return this.#bytes.length > 0;
  }

  add(bytes: Buffer): void {
    this.#bytes = this.#bytes.length === 0 ? bytes : Buffer.concat([this.#bytes, bytes]);
  }

  /** Returns the next message once it is complete; `hasBody` decides from its head whether a body can follow. */
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

/** Returns the first value of a header by its lower-case name. */
export function headerOf({ headers }: Head, name: string): string | undefined {
  return headers.find(([written]) => written.toLowerCase() === name)?.[1];
}

/** Returns a text with each of its bytes as one character. */
export function asBytes(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}
