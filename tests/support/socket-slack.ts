import { once } from 'node:events';
import { createServer } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import type { FakeSlackServer } from './fake-slack/server.ts';

/** Slack's end of a Socket Mode connection, in front of the fake's Web API. */
export type SocketSlack = {
  /** Ends in /api/. */
  apiUrl: string;
  appToken: string;
  /** Waits for Cairn to connect, sends an envelope, and returns what Cairn acknowledges it with. */
  send(type: 'slash_commands' | 'interactive', payload: object): Promise<unknown>;
  close(): Promise<void>;
};

export async function startSocketSlack(fake: FakeSlackServer): Promise<SocketSlack> {
  const appToken = 'xapp-1-socket-mode';
  let url = '';
  const server = createServer((req, res) => {
    if (req.url !== '/api/apps.connections.open') {
      if (!fake.slack.handle(req, res)) res.writeHead(404).end();
      return;
    }
    const isKnown = req.headers.authorization === `Bearer ${appToken}`;
    res.writeHead(200, { 'content-type': 'application/json' });
    res.end(
      JSON.stringify(
        isKnown
          ? { ok: true, url: `${url.replace('http', 'ws')}/link` }
          : { ok: false, error: 'invalid_auth' },
      ),
    );
  });
  const sockets = new WebSocketServer({ server, path: '/link' });
  const connected = new Promise<WebSocket>((resolve) => {
    sockets.on('connection', (socket) => {
      socket.send(
        JSON.stringify({ type: 'hello', num_connections: 1, connection_info: { app_id: 'A0CAIRN' } }),
      );
      resolve(socket);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the socket has no port');
  url = `http://127.0.0.1:${address.port}`;

  let envelopes = 0;
  return {
    apiUrl: `${url}/api/`,
    appToken,
    async send(type, payload) {
      const socket = await connected;
      envelopes += 1;
      const id = `envelope-${envelopes}`;
      const acknowledged = new Promise<unknown>((resolve) => {
        socket.on('message', (data) => {
          const message = JSON.parse(String(data));
          if (message.envelope_id === id) resolve(message.payload);
        });
      });
      socket.send(JSON.stringify({ envelope_id: id, type, accepts_response_payload: true, payload }));
      return await acknowledged;
    },
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
