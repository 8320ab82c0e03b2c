import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** A request as it came, its body read. */
export interface Request {
  readonly method: string;
  /** Without `/api/v10` and the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly files: readonly {
    readonly name: string;
    readonly bytes: number;
    readonly text: string;
  }[];
  readonly authorized: boolean;
}

export interface Response {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * What goes wrong with a request: another response, a delay in milliseconds, a response that is lost
 * after the request was done, or a dropped connection.
 */
export type Fault =
  Response | { readonly delay: number } | { readonly afterwards: Response } | 'drop';

/** Refuses a request as Discord does. */
export function refuse(status: number, code: number, message: string): Response {
  return { status, body: { code, message } };
}

/** Too many requests: come again after so many seconds. */
export function tooMany(seconds: number): Response {
  return {
    status: 429,
    body: { message: 'You are being rate limited.', retry_after: seconds, global: false },
    headers: {
      'retry-after': String(Math.ceil(seconds)),
      'x-ratelimit-limit': '5',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset-after': String(seconds),
      'x-ratelimit-bucket': 'bucket',
      'x-ratelimit-scope': 'user',
    },
  };
}

/** An HTTP server that reads JSON and forms, and lets things go wrong. */
export class Rest {
  readonly requests: Request[] = [];
  /** Asked of every request first: what goes wrong with it. */
  fault: (request: Request) => Fault | null = () => null;
  readonly server: Server;

  constructor(
    private readonly token: string,
    private readonly route: (request: Request) => Response | Promise<Response>,
  ) {
    this.server = createServer((incoming, outgoing) => {
      this.#serve(incoming, outgoing).catch((error: unknown) => {
        outgoing.writeHead(500).end(String(error));
      });
    });
  }

  async listen(): Promise<number> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  async #serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const request = await read(incoming, this.token);
    this.requests.push(request);
    const fault = this.fault(request);
    if (fault === 'drop') {
      incoming.socket.destroy();
      return;
    }
    if (fault !== null && 'delay' in fault) {
      await new Promise((resolve) => setTimeout(resolve, fault.delay));
    }
    const routed = fault !== null && 'status' in fault ? fault : await this.route(request);
    const { status, body, headers } =
      fault !== null && 'afterwards' in fault ? fault.afterwards : routed;
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    outgoing.writeHead(status, { ...type, ...headers });
    outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  }
}

async function read(incoming: IncomingMessage, token: string): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const type = incoming.headers['content-type'] ?? '';
  const url = new URL(incoming.url ?? '/', 'http://local');
  const files: { name: string; bytes: number; text: string }[] = [];
  let body: unknown = null;
  if (type.startsWith('multipart/')) {
    // Deprecated for servers that strangers reach: this one reads what the bot under test sends.
    const response = new globalThis.Response(bytes, { headers: { 'content-type': type } });
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    const form = await response.formData();
    for (const [name, value] of form) {
      if (typeof value === 'string') {
        if (name === 'payload_json') body = JSON.parse(value);
      } else files.push({ name: value.name, bytes: value.size, text: await value.text() });
    }
  } else if (bytes.length > 0) body = JSON.parse(bytes.toString('utf8'));
  return {
    method: incoming.method ?? 'GET',
    query: url.searchParams,
    path: decodeURIComponent(url.pathname).replace(/^\/api\/v\d+/, ''),
    body,
    files,
    authorized: incoming.headers.authorization === `Bot ${token}`,
  };
}
