import { once } from 'node:events';
import type { Server } from 'node:http';
import {
  GatewayCloseCodes,
  GatewayDispatchEvents,
  GatewayIntentBits,
  GatewayOpcodes,
} from 'discord.js';
import { WebSocketServer, type WebSocket } from 'ws';
import { z } from 'zod';

const incoming = z.object({ op: z.enum(GatewayOpcodes), d: z.unknown() });
const identify = z.looseObject({ token: z.string(), intents: z.number() });
const resume = z.looseObject({ token: z.string(), session_id: z.string(), seq: z.number() });

interface Session {
  readonly id: string;
  readonly events: { readonly s: number; readonly t: string; readonly d: unknown }[];
  socket: WebSocket | null;
}

/** What the gateway tells of itself when somebody identifies. */
export interface Welcome {
  readonly token: string;
  /** Privileged intents that the application may use. */
  readonly allowed: number;
  readonly ready: (session: string) => unknown;
  readonly guilds: () => readonly unknown[];
}

const HEARTBEAT = 45_000;
const PRIVILEGED =
  GatewayIntentBits.MessageContent |
  GatewayIntentBits.GuildMembers |
  GatewayIntentBits.GuildPresences;

/** The gateway: hello, identify, heartbeat, resume with what was missed, invalid session, close codes. */
export class Gateway {
  /** How connections came about, in their order: `identify`, `resume`. */
  readonly connections: string[] = [];
  /** What presence was shown last. */
  presence: unknown = null;
  heartbeats = 0;
  /** The next resume is refused: the session is no longer valid. */
  refuseResume = false;
  /** So many handshakes are answered with 503. */
  refuseHandshakes = 0;
  /** So many connections are cut when somebody identifies, before they are let in. */
  dropAtIdentify = 0;
  /** Handshakes that were tried. */
  handshakes = 0;
  #session: Session | null = null;
  #sessions = 0;
  #intents = 0;
  readonly #server: WebSocketServer;

  constructor(
    server: Server,
    private readonly welcome: Welcome,
  ) {
    this.#server = new WebSocketServer({
      server,
      verifyClient: (_, answer: (allowed: boolean, status?: number) => void) => {
        this.handshakes++;
        if (this.refuseHandshakes <= 0) answer(true);
        else {
          this.refuseHandshakes--;
          answer(false, 503);
        }
      },
    });
    this.#server.on('connection', (socket) => {
      this.#serve(socket);
    });
  }

  /** Whether whoever is connected has asked for an intent. */
  has(intent: GatewayIntentBits): boolean {
    return (this.#intents & intent) !== 0;
  }

  /** Sends an event to whoever is connected; kept for a resume. */
  send(event: GatewayDispatchEvents, data: unknown): void {
    const session = this.#session;
    if (session === null) throw new Error('nobody is connected');
    const message = {
      op: GatewayOpcodes.Dispatch,
      s: session.events.length + 1,
      t: event,
      d: data,
    };
    session.events.push(message);
    session.socket?.send(JSON.stringify(message));
  }

  /** Cuts the connection as a network does. */
  drop(): void {
    const socket = this.#session?.socket;
    if (this.#session) this.#session.socket = null;
    socket?.terminate();
  }

  /** Waits until somebody is connected. */
  async connected(): Promise<void> {
    while (!this.#session?.socket) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  async close(): Promise<void> {
    for (const client of this.#server.clients) client.terminate();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #serve(socket: WebSocket): void {
    socket.send(JSON.stringify({ op: GatewayOpcodes.Hello, d: { heartbeat_interval: HEARTBEAT } }));
    socket.on('error', () => undefined); // a dropped connection
    socket.on('message', (bytes: Buffer) => {
      const { op, d } = incoming.parse(JSON.parse(bytes.toString('utf8')));
      if (op === GatewayOpcodes.Heartbeat) {
        this.heartbeats++;
        socket.send(JSON.stringify({ op: GatewayOpcodes.HeartbeatAck, d: null }));
      } else if (op === GatewayOpcodes.Identify) this.#identify(socket, identify.parse(d));
      else if (op === GatewayOpcodes.Resume) this.#resume(socket, resume.parse(d));
      else if (op === GatewayOpcodes.PresenceUpdate) this.presence = d;
    });
  }

  #identify(socket: WebSocket, { token, intents }: z.infer<typeof identify>): void {
    this.connections.push('identify');
    if (this.dropAtIdentify > 0) {
      this.dropAtIdentify--;
      socket.terminate();
      return;
    }
    if (token !== this.welcome.token) {
      socket.close(GatewayCloseCodes.AuthenticationFailed, 'Authentication failed.');
      return;
    }
    if ((intents & PRIVILEGED & ~this.welcome.allowed) !== 0) {
      socket.close(GatewayCloseCodes.DisallowedIntents, 'Disallowed intent(s).');
      return;
    }
    this.#intents = intents;
    this.presence = null;
    this.#session = { id: `session-${String(++this.#sessions)}`, events: [], socket };
    this.send(GatewayDispatchEvents.Ready, this.welcome.ready(this.#session.id));
    for (const guild of this.welcome.guilds()) this.send(GatewayDispatchEvents.GuildCreate, guild);
  }

  #resume(socket: WebSocket, { session_id: id, seq }: z.infer<typeof resume>): void {
    this.connections.push('resume');
    const session = this.#session;
    if (this.refuseResume || session?.id !== id) {
      this.refuseResume = false;
      socket.send(JSON.stringify({ op: GatewayOpcodes.InvalidSession, d: false }));
      return;
    }
    session.socket = socket;
    for (const missed of session.events.slice(seq)) socket.send(JSON.stringify(missed));
    this.send(GatewayDispatchEvents.Resumed, {});
  }
}
