import { SimpleShardingStrategy } from 'discord.js';

/** The manager of connections beneath discord.js's own. */
type Manager = ConstructorParameters<typeof SimpleShardingStrategy>[0];

/** Milliseconds between tries: the first again at once, then twice as long each time, a minute at most. */
const FIRST = 1000;
const LONGEST = 60_000;

/** Growing pauses between tries to reach Discord's gateway: discord.js by itself tries twice a second for ever. */
export interface Reconnecting {
  /** A connection was lost, or did not come about. */
  lost(): void;
  /** A session stands. */
  connected(): void;
  /** No try is made from here on. */
  end(): void;
  /** The option of discord.js's client that makes its tries wait. */
  readonly buildStrategy: (manager: Manager) => SimpleShardingStrategy;
}

export function createReconnecting(): Reconnecting {
  let failures = 0;
  let isDue = false;
  let ended = false;
  const pause = async (): Promise<void> => {
    if (!isDue) return;
    isDue = false;
    const wait = failures < 2 ? 0 : Math.min(FIRST * 2 ** (failures - 2), LONGEST);
    await new Promise<void>((resolve) => {
      setTimeout(() => {
        if (!ended) resolve(); // who waits for a connection that is given up waits for nothing
      }, wait).unref();
    });
  };
  return {
    lost() {
      failures++;
      isDue = true;
    },
    connected() {
      failures = 0;
      isDue = false;
    },
    end() {
      ended = true;
    },
    buildStrategy: (manager) => {
      const { options } = manager;
      const retrieve = options.retrieveSessionInfo.bind(options);
      // It is asked for before every connection; while one stands nothing is due.
      options.retrieveSessionInfo = async (shard) => {
        await pause();
        return retrieve(shard);
      };
      return new SimpleShardingStrategy(manager);
    },
  };
}
