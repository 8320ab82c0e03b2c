import { ApplicationCommandType } from 'discord.js';
import { notice } from '../render/components.js';
import { EVERYWHERE, type SlashCommand } from './command.js';

const TEXT = `**Pilcrow ¶** finds the paragraphs of diplomatic cables that answer, and quotes them exactly. It writes no answers of its own; when the cables do not answer, it says so.

**Ask**
\`/ask question: Who met Tim Stratford about a labor dialogue?\`
\`/ask question: cables from Embassy Madrid in 2007 about Gibraltar\` – a post and a year in so many words are filters
\`/ask question: ETA ceasefire origin: Madrid from: 2006 to: 2007\`
Mention me with a question, or reply to an answer: “and in 2008?”, “what about Spain?”

**Look up**
\`/cable id: 07BEIJING1689\` – a card, its contents by paragraph, the whole as a file
\`/quote id: 07BEIJING1689 paragraphs: 4-6\` – for the channel, with a citation (Chicago, BibTeX, CSL-JSON)
\`/search words: Stratford "labor dialogue"\` – these very words
\`/related id: 07BEIJING1689\` and \`/refs id: 07BEIJING1689\`

**On a message** (right click, or hold it): *Apps → Ask the cables about this*, *Find this quote*

A mark such as (SBU) or (C/NF) is the paragraph’s own; where none is printed it is said so. [stamp] stands where a transmission stamp cut the text. *Good* and *Wrong* under a paragraph are kept with the question, without your name; nothing else that you ask is kept.`;

export const help: SlashCommand = {
  kind: 'slash',
  visibility: 'private',
  data: {
    ...EVERYWHERE,
    type: ApplicationCommandType.ChatInput,
    name: 'help',
    description: 'What Pilcrow does, by example',
  },
  run: () => Promise.resolve(notice(TEXT)),
};
