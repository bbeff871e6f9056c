import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

export type Handler = (req: IncomingMessage, res: ServerResponse) => void;

/**
 * Routes by method and exact path, then by what a path begins with, whatever the method; what nothing answers goes to
 * `otherwise`.
 */
export type Routes = {
  exact: ReadonlyMap<string, Handler>;
  below?: ReadonlyMap<string, Handler>;
  otherwise: Handler;
};

export type HttpServer = {
  /** The port that it listens on, also where 0 was asked for. */
  port: number;
  /** Stops taking connections and waits for the open requests; idle connections are closed. */
  close(): Promise<void>;
};

/** An expected failure to listen, in words for the operator. */
export class ListenRefusal extends Error {}

/**
 * Listens. Throws `ListenRefusal` when the port is taken or may not be used. A handler that throws costs its own
 * request alone; `onError` hears of it.
 */
export async function listen(
  host: string,
  port: number,
  routes: Routes,
  onError: (error: unknown) => void = () => undefined,
): Promise<HttpServer> {
  const server = createServer((req, res) => {
    const path = (req.url ?? '/').split('?')[0] ?? '/';
    const below = [...(routes.below ?? [])].find(([beginning]) => path.startsWith(beginning));
    const handler = routes.exact.get(`${req.method} ${path}`) ?? below?.[1] ?? routes.otherwise;
    try {
      handler(req, res);
    } catch (error) {
      onError(error);
      if (res.headersSent) res.destroy();
      else answerText(res, 500, 'that went wrong');
    }
  });
  await listening(server, host, port);
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeIdleConnections();
      }),
  };
}

export function answerText(res: ServerResponse, status: number, text: string): void {
  res.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(text);
}

function listening(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const code = 'code' in error ? error.code : undefined;
      if (code === 'EADDRINUSE') {
        reject(
          new ListenRefusal(
            `Port ${port} on ${host} is in use. Stop what uses it, or set PORT to another one.`,
          ),
        );
      } else if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
        reject(
          new ListenRefusal(
            `Cannot listen on ${host}:${port} (${code}). Set HOST and PORT to what this machine allows.`,
          ),
        );
      } else {
        reject(error);
      }
    });
    server.listen(port, host, () => resolve());
  });
}
