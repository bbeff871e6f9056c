import { createServer, type IncomingHttpHeaders } from 'node:http';

/** One request from the fake, as it came over the wire. */
export type Received = {
  headers: IncomingHttpHeaders;
  body: string;
  /** the form's fields; of an interaction the parsed payload is in `payload` */
  form: Record<string, string>;
  payload: Payload;
};

/** What tests read of interactions and events; which of it is there depends on the type. */
export type Payload = {
  type: string;
  trigger_id: string;
  response_url: string;
  user: { id: string; username: string };
  container: Record<string, unknown>;
  channel: { id: string; name: string };
  message?: { ts: string; text: string };
  state: { values: Record<string, Record<string, Record<string, unknown>>> };
  actions: Record<string, unknown>[];
  /** what is typed into a menu that is filled from outside */
  value: string;
  is_cleared: boolean;
  view: {
    id: string;
    hash: string;
    callback_id: string;
    private_metadata: string;
    root_view_id: string;
    previous_view_id: string | null;
    state: { values: Record<string, Record<string, Record<string, unknown>>> };
  };
  event_id: string;
  team_id: string;
  event: { type: string } & Record<string, unknown>;
};

export type Reply = { status?: number; json?: unknown; text?: string; never?: boolean } | undefined;

export type EchoBot = {
  url: string;
  received: Received[];
  /** how it answers from now on; may call back into the fake before it does */
  answer(with_: (request: Received) => Reply | Promise<Reply>): void;
  close(): Promise<void>;
};

/** A plain HTTP server that stands in for Cairn: it keeps what comes and answers as the test says. */
export async function startEchoBot(): Promise<EchoBot> {
  const received: Received[] = [];
  let answer: (request: Received) => Reply | Promise<Reply> = () => undefined;
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', async () => {
      const body = Buffer.concat(chunks).toString();
      const isForm = req.headers['content-type'] === 'application/x-www-form-urlencoded';
      const form = isForm ? Object.fromEntries(new URLSearchParams(body)) : {};
      const payload: Payload = JSON.parse(form['payload'] ?? (isForm ? '{}' : body));
      const request: Received = { headers: req.headers, body, form, payload };
      received.push(request);
      const reply = await answer(request);
      if (reply?.never) return;
      const type = reply?.json === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' };
      res.writeHead(reply?.status ?? 200, type);
      res.end(reply?.json === undefined ? (reply?.text ?? '') : JSON.stringify(reply.json));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the bot has no port');
  return {
    url: `http://127.0.0.1:${address.port}/slack/events`,
    received,
    answer(with_) {
      answer = with_;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
