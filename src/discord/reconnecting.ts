import { Events, SimpleShardingStrategy, type Client } from 'discord.js';

/** The manager of connections beneath discord.js's own. */
type Manager = ConstructorParameters<typeof SimpleShardingStrategy>[0];

/** Milliseconds between tries: the first again at once, then twice as long each time, a minute at most. */
export const FIRST_PAUSE = 1000;
export const LONGEST_PAUSE = 60_000;

/** Growing pauses between tries to reach Discord's gateway: discord.js by itself tries twice a second for ever. */
export interface Reconnecting {
  /** Counts the connections of a client that were lost or did not come about, until a session stands. */
  follow(client: Client): void;
  /** No try is made from here on. */
  end(): void;
  /** The option of discord.js's client that makes its tries wait. */
  readonly buildStrategy: (manager: Manager) => SimpleShardingStrategy;
}

export function createReconnecting(): Reconnecting {
  let failures = 0;
  let isDue = false;
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  const pause = async (): Promise<void> => {
    if (!isDue && !ended) return;
    isDue = false;
    const wait = failures < 2 ? 0 : Math.min(FIRST_PAUSE * 2 ** (failures - 2), LONGEST_PAUSE);
    // The process waits with it: at the start nothing else may keep it alive.
    await new Promise<void>((resolve) => {
      if (!ended) timer = setTimeout(resolve, wait); // who waits for what is given up waits for nothing
    });
  };
  return {
    follow(client) {
      client.on(Events.ShardReconnecting, () => {
        failures++;
        isDue = true;
      });
      const connected = (): void => {
        failures = 0;
        isDue = false;
      };
      client.on(Events.ShardReady, connected);
      client.on(Events.ShardResume, connected);
    },
    end() {
      ended = true;
      clearTimeout(timer);
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
