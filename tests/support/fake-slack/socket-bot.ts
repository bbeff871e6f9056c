import { once } from 'node:events';
import { WebSocket } from 'ws';
import { quietClient, type Scene } from './scene.ts';

/** What comes over a connection: an envelope, `hello` or `disconnect`. */
export type FromSlack = {
  type: string;
  envelope_id?: string;
  accepts_response_payload?: boolean;
  retry_attempt?: number;
  retry_reason?: string;
  reason?: string;
  num_connections?: number;
  payload?: Record<string, unknown> & { event_id?: string };
};

/** One connection of a bot that does as the test says, without the SDK's hands in between. */
export type SocketBot = {
  received: FromSlack[];
  socket: WebSocket;
  /** what it acknowledges envelopes with from now on; `never`: it does not */
  answer(with_: (envelope: FromSlack) => object | undefined | 'never'): void;
  closed: Promise<unknown>;
  close(): Promise<void>;
};

/** Opens a connection as Cairn does, and waits for the greeting. */
export async function connectSocketBot(scene: Pick<Scene, 'appToken' | 'apiUrl'>): Promise<SocketBot> {
  const { url = '' } = await quietClient(scene.appToken, scene.apiUrl).apps.connections.open();
  const received: FromSlack[] = [];
  let answer: (envelope: FromSlack) => object | undefined | 'never' = () => undefined;
  const socket = new WebSocket(url);
  const greeted = new Promise<void>((resolve) => {
    socket.on('message', (data) => {
      const message: FromSlack = JSON.parse(String(data));
      received.push(message);
      if (message.envelope_id === undefined) return resolve();
      const payload = answer(message);
      if (payload === 'never') return;
      socket.send(
        JSON.stringify({
          envelope_id: message.envelope_id,
          ...(payload === undefined ? {} : { payload }),
        }),
      );
    });
  });
  const closed = once(socket, 'close');
  await greeted;
  return {
    received,
    socket,
    closed,
    answer(with_) {
      answer = with_;
    },
    async close() {
      socket.close();
      await closed;
    },
  };
}
