import { once } from 'node:events';
import { createServer } from 'node:http';
import { collectDefaultMetrics } from 'prom-client';
import { InputError, messageOf } from '../errors.js';
import type { Metrics } from './metrics.js';

/** This machine alone. */
const LOOPBACK = '127.0.0.1';
/** How long a part may take to say that it is well, in milliseconds. */
const PATIENCE = 5000;

/** What is looked at, and told of in one word. */
export interface Watched {
  readonly metrics: Metrics;
  /** Throws, or takes too long, where the bot must be started anew. */
  readonly healthy: () => Promise<void>;
  /** Whether questions are answered now. */
  readonly ready: () => boolean;
}

export interface HealthServer {
  /** The port it listens on. */
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves `/healthz`, `/readyz` and `/metrics` to this machine. Throws {@link InputError} where the port is taken.
 */
export async function serveHealth(port: number, watched: Watched): Promise<HealthServer> {
  const { metrics } = watched;
  const server = createServer((request, response) => {
    const reply = (status: number, text: string, type = 'text/plain; charset=utf-8'): void => {
      response
        .writeHead(status, { 'content-type': type })
        .end(request.method === 'HEAD' ? '' : text);
    };
    const path = (request.url ?? '').split('?')[0];
    if (request.method !== 'GET' && request.method !== 'HEAD') reply(405, 'GET alone\n');
    else if (path === '/healthz') {
      within(PATIENCE, watched.healthy()).then(
        () => {
          reply(200, 'ok\n');
        },
        (error: unknown) => {
          reply(503, `not well: ${messageOf(error)}\n`);
        },
      );
    } else if (path === '/readyz') {
      const ready = watched.ready();
      reply(ready ? 200 : 503, ready ? 'ready\n' : 'not connected to Discord\n');
    } else if (path === '/metrics') {
      metrics.registry.metrics().then(
        (text) => {
          reply(200, text, metrics.registry.contentType);
        },
        (error: unknown) => {
          reply(500, `${messageOf(error)}\n`);
        },
      );
    } else reply(404, 'there are /healthz, /readyz and /metrics\n');
  });
  server.listen(port, LOOPBACK);
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw new InputError('PORT_TAKEN', {
      what: `cannot listen on ${LOOPBACK}:${port} (${messageOf(cause)})`,
      todo: 'set PILCROW_PORT to another port, or leave it away',
      context: { port },
      cause,
    });
  }
  collectDefaultMetrics({ register: metrics.registry });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

/** What work gives, so many milliseconds at most. */
async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer within ${milliseconds / 1000} s`));
    }, milliseconds);
  });
  try {
    await Promise.race([work, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}
