/**
 * The program in a pod, started with its settings: servers that echo, and a control socket in the lab's folder for
 * commands to send requests.
 */
import { readFileSync } from "node:fs";
import http from "node:http";
import { send } from "./call.js";
import { listen } from "./listen.js";
import { Load } from "./load.js";
import type { AppSettings, Behaviour, Call, Echo, LoadOrder } from "./messages.js";

const settings = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as AppSettings;
let behaviour: Behaviour = { status: 200 };
let load: Load | undefined;
const seen: Echo[] = [];

function remember(echo: Echo): void {
  seen.push(echo);
  if (seen.length > MOST_SEEN) seen.shift();
}

/** Number of requests that are kept. */
const MOST_SEEN = 1000;

/** Runs one command; the result is sent back as JSON. */
async function obey(order: string, body: unknown): Promise<unknown> {
  switch (order) {
    case "/calls":
      return sendInTurn(body as readonly Call[]);
    case "/calls/at-once":
      return Promise.all((body as readonly Call[]).map((call) => send(call)));
    case "/behave":
      behaviour = body as Behaviour;
      return {};
    case "/seen":
      return seen;
    case "/load/start":
      await load?.stop();
      load = new Load(body as LoadOrder);
      return {};
    case "/load/records":
      return load?.records ?? [];
    case "/load/stop": {
      const records = (await load?.stop()) ?? [];
      load = undefined;
      return records;
    }
    default:
      throw new Error(`no order ${order}`);
  }
}

async function sendInTurn(calls: readonly Call[]): Promise<unknown> {
  const answers = [];
  for (const call of calls) answers.push(await send(call));
  return answers;
}

const control = http.createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  try {
    const answer = await obey(request.url ?? "", JSON.parse(Buffer.concat(chunks).toString("utf8") || "null"));
    response.end(JSON.stringify(answer));
  } catch (error) {
    response.writeHead(500).end(String(error));
  }
});

void listen(settings, () => behaviour, remember).then(() => control.listen(settings.control));
