// A server on loopback that records the requests it gets and answers as the test says; for the calls that functions
// forward.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly timestamp: string;
  readonly signature: string;
  readonly body: string;
}

export interface LoopbackService {
  readonly url: string;
  readonly received: readonly Received[];
  close(): Promise<void>;
}

/** What the server answers; null: it never does. */
export type Reply = { readonly status: number; readonly body: string } | null;

export async function startLoopbackService(reply: () => Reply): Promise<LoopbackService> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      const { method, url, headers } = request;
      received.push({
        method,
        url,
        timestamp: String(headers['x-tandem-timestamp']),
        signature: String(headers['x-tandem-signature']),
        body,
      });
      const answer = reply();
      if (answer === null) return;
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}
