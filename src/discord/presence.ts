import { ActivityType, type Client } from 'discord.js';
import { lowerOf } from '../cable/ceiling.js';
import { percentEmbedded } from '../corpus/corpus.js';
import type { Bot } from './bot.js';
import { directCeilingOf } from './place.js';

/** How many cables it holds, where people look for it. */
export interface Presence {
  show(): void;
  /** Counts again: the index or a ceiling has changed. */
  update(): Promise<void>;
  /** Nothing is shown from here on. */
  end(): void;
}

/** Counts at once: a bot that cannot count does not start. */
export async function createPresence(client: Client, bot: Bot): Promise<Presence> {
  let ended = false;
  // Everybody sees it: only what may be known everywhere is counted.
  const count = async (): Promise<string> => {
    const ceiling = lowerOf(directCeilingOf(bot), bot.data.lowestCeiling());
    const { cables, vectors } = await bot.library.under(ceiling)(({ stats }) => stats());
    const share = percentEmbedded(vectors);
    const made = share === null ? '' : `, ${share}% indexed`;
    return `¶ ${cables.toLocaleString('en-US')} cable${cables === 1 ? '' : 's'}${made}`;
  };
  let state = await count();
  const show = (): void => {
    if (ended) return;
    client.user?.setPresence({
      activities: [{ type: ActivityType.Custom, name: 'cables', state }],
    });
  };
  return {
    show,
    async update() {
      try {
        state = await count();
        show();
      } catch (error) {
        if (!ended) bot.log.once('presence', { error }, 'how many cables it holds is not told');
      }
    },
    end() {
      ended = true;
    },
  };
}
