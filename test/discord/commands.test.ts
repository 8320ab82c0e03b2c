import { ComponentType, PermissionFlagsBits } from 'discord.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBotData } from '../../src/discord/bot-data.js';
import { DEFAULT_SETTINGS } from '../../src/discord/settings.js';
import { SAMPLES } from '../support/files.js';
import { BOT_ROLE, OTHER_CHANNEL, SERVER, type LocalPlace } from './payloads.js';
import { pageOf, setCeiling, setCooldown } from './panel.js';
import { plain, seen, type Person, type Seen } from './person.js';
import { IN_DIRECT, IN_SERVER, runBotOver, USER_INSTALLED, type Running } from './running.js';

const QUESTION = 'When did Stratford hope the labor dialogue would first meet?';
const QUOTE =
  'Stratford hoped the first meeting of the dialogue could take place no later than mid-April 2007.';
const CITATION =
  '07BEIJING1689 ¶3 (SBU), Embassy Beijing, 2007-03-14, UNCLASSIFIED//FOR OFFICIAL USE ONLY';
const MANAGER: LocalPlace = { ...IN_SERVER, permissions: PermissionFlagsBits.ManageGuild };

let running: Running;
beforeAll(async () => {
  running = await runBotOver([SAMPLES]);
});
afterAll(async () => {
  await running.stop();
  expect(running.discord.violations.found).toEqual([]);
});

describe.each([
  ['a server', IN_SERVER],
  ['direct messages', IN_DIRECT],
  ['somebody’s own installation', USER_INSTALLED],
])('in %s', (_, place) => {
  let person: Person;
  let answer: Seen;
  beforeAll(async () => {
    person = running.person(place);
    answer = await person.slash('ask', { question: QUESTION });
  });

  it('/ask quotes the paragraph with its mark, classification and citation, the answer in bold', () => {
    expect(answer.text).toContain(QUESTION);
    expect(answer.text).toContain(CITATION);
    expect(answer.markdown).toContain(`**${QUOTE}**`);
    expect(answer.text).toContain('USTR PROPOSES BILATERAL LABOR DIALOGUE WITH CHINA');
    expect(answer.text).toContain('This very likely answers it.');
    expect(answer.isPrivate).toBe(false);
  });

  it('its menu shows the paragraphs around, to whoever chose alone', async () => {
    const context = await person.choose(answer, 'What stands around it');
    expect(context.text).toContain('¶2.  (SBU)  AUSTR Tim Stratford met');
    expect(context.isPrivate).toBe(true);
    expect(context.text).toContain('¶4.  (SBU)  Jiang said');
    expect(context.text).toContain('07BEIJING1689 ¶4 (SBU), Embassy Beijing, 2007-03-14');
  });

  it('its menu opens its cable: a card, contents and a menu that opens a paragraph', async () => {
    const card = await person.choose(answer, 'The cable 07BEIJING1689');
    expect(card.text).toContain('From: Embassy Beijing');
    expect(card.text).toContain('Classification: UNCLASSIFIED//FOR OFFICIAL USE ONLY');
    expect(card.text).toContain('TAGS: ELAB, ETRD, CH');
    expect(card.text).toContain('Marks: 4 (SBU), 1 (U)');
    expect(card.text).toContain('¶5 (U) AUSTR Stratford cleared this message.');
    const opened = await person.choose(card, '¶5');
    expect(opened.text).toContain('¶5.  (U)  AUSTR Stratford cleared this message.');
    expect(opened.text).toContain('07BEIJING1689 ¶5 (U), Embassy Beijing');
    const file = await person.pressed(card, 'Whole cable as .txt');
    expect(file.message.files[0]?.name).toBe('07BEIJING1689.txt');
    expect(file.message.files[0]?.text).toContain('thought this may be too soon.  End summary.');
    const references = await person.pressed(card, 'References');
    expect(references.text).toContain('It is cited by');
  });

  it('its menu opens what was found as well, as an answer that one can judge', async () => {
    const other = await person.choose(answer, '2. 07BEIJING1689');
    expect(other.text).toContain(QUESTION);
    expect(other.text).toContain('for you to judge');
    expect(other.text).toMatch(/07BEIJING1689 ¶[^3] \(SBU\), Embassy Beijing/);
    expect(other.isPrivate).toBe(true);
    expect((await person.pressed(other, 'Does not')).text).toContain('without your name');
  });

  it('Plain text gives the quote as it is pasted elsewhere, with its citation', async () => {
    const pasted = await person.choose(answer, 'As plain text');
    expect(pasted.isPrivate).toBe(true);
    expect(pasted.markdown).toMatch(/^```\n¶3\. {2}\(SBU\) {2}Stratford said/);
    expect(pasted.markdown).toContain(`\n\n— ${CITATION}\nReceipt: 07BEIJING1689/`);
    const receipt = /Receipt: (\S+)/.exec(pasted.markdown)?.[1] ?? '';
    const verified = await person.slash('verify', { receipt });
    expect(verified.isPrivate).toBe(true);
    expect(verified.text).toContain('It holds');
    expect(verified.text).toContain('¶3.  (SBU)  Stratford said he envisioned');
    const whole = await person.choose(answer, 'This paragraph whole');
    expect((await person.pressed(whole, 'Verify')).text).toContain('It holds');
    const other = await person.slash('verify', { receipt: receipt.replace('1689', '1690') });
    expect(other.text).toContain('Not held here');
    const none = await person.slash('verify', { receipt: 'mine' });
    expect(none.text).toContain('That holds no receipt');
  });

  it('Follow-up asks again with the question before it', async () => {
    const opened = await person.press(answer, 'Follow-up');
    if (opened.kind !== 'modal') throw new Error(opened.kind);
    expect(JSON.stringify(opened.modal)).toContain(QUESTION);
    const followed = await person.submit(answer, opened.modal, {
      question: 'and who was on the Chinese side?',
    });
    expect(followed.text).toContain('07BEIJING1689 ¶2');
    expect(followed.text).toMatch(/07BEIJING1689 ¶\d \(SBU\)/);
  });

  it('a private answer is shared for all, and dismissed by who asked', async () => {
    const own = await person.slash('ask', { question: QUESTION, private: true });
    expect(own.isPrivate).toBe(true);
    const shared = await person.pressed(own, 'Share');
    expect(shared.isPrivate).toBe(false);
    expect(shared.text).toContain(QUESTION);
    expect(shared.text).toContain(CITATION);
    const refused = seen(await running.person(place).press(shared, 'Dismiss'));
    expect(refused.text).toContain('Only who asked');
    expect(shared.message.deleted).toBe(false);
    expect(await person.press(shared, 'Dismiss')).toEqual({ kind: 'removed' });
    expect(shared.message.deleted).toBe(true);
    const again = await person.pressed(own, 'Share');
    const moderator = running.person({ ...place, permissions: PermissionFlagsBits.ManageMessages });
    const outcome = await moderator.press(again, 'Dismiss');
    expect(outcome.kind).toBe(place.server === null ? 'message' : 'removed');
  });

  it('a verdict is kept once a person, and said to be', async () => {
    expect((await person.pressed(answer, 'Answers it')).text).toContain('without your name');
    expect((await person.pressed(answer, 'Does not')).text).toContain('place of your first one');
  });

  it('an answer is withheld with its reason, and the nearest paragraphs stand behind a button', async () => {
    const withheld = await person.slash('ask', {
      question: 'What did the Oxus Pipeline Treaty say?',
    });
    expect(withheld.text).toContain('No answer: no cable mentions');
    expect(withheld.text).not.toContain('¶');
    const nearest = await person.pressed(withheld, 'Nearest paragraphs');
    expect(nearest.text).toContain('whether they answer is for you to judge');
    expect(nearest.text).toContain('UNCLASSIFIED//FOR OFFICIAL USE ONLY');
  });

  it('/cable, /quote, /search, /related and /refs look up', async () => {
    const card = await person.slash('cable', { id: '07 Beijing 1689' });
    expect(card.text).toContain('07BEIJING1689');
    const quote = await person.slash('quote', { id: 'beijing 1689', paragraphs: '4-5' });
    expect(quote.isPrivate).toBe(false);
    expect(quote.text).toContain('¶4.  (SBU)  Jiang said he would report the proposal');
    expect(quote.text).toContain('07BEIJING1689 ¶5 (U), Embassy Beijing, 2007-03-14');
    const summary = await person.slash('quote', {
      id: '07BEIJING1689',
      paragraphs: 'summary',
      style: 'chicago',
    });
    expect(summary.text).toContain('“USTR Proposes Bilateral Labor Dialogue with China,” cable');
    const bibtex = await person.slash('quote', {
      id: '07BEIJING1689',
      paragraphs: '4',
      style: 'bibtex',
    });
    expect(bibtex.message.files[0]?.text).toContain('@misc{07BEIJING1689-s4');
    const found = await person.slash('search', { words: '"labor dialogue" Jiang' });
    expect(found.text).toContain('2 paragraphs with these very words');
    expect(found.text).toContain('07BEIJING1689 ¶1 (SBU)');
    const none = await person.slash('search', { words: 'zeppelin' });
    expect(none.text).toContain('0 paragraphs');
    const related = await person.slash('related', { id: '07BEIJING1689', paragraph: '4' });
    expect(related.text).toMatch(/06GUANGZHOU32397 ¶\d/);
    const refs = await person.slash('refs', { id: '07BEIJING1689' });
    expect(refs.text).toContain('It cites');
  });

  it('/help and /stats tell', async () => {
    const help = await person.slash('help');
    expect(help.text).toContain('quotes them exactly');
    expect(help.text).toContain('`/ask`'); // nothing is registered here: its number is not known
    expect((await person.slash('stats')).text).toContain('2 cables, 11 paragraphs');
  });

  it('ids and subjects are completed while they are typed', async () => {
    const [first] = await person.type('cable', 'id', 'beij');
    expect(first?.value).toBe('07BEIJING1689');
    const [bySubject] = await person.type('quote', 'id', 'labor dialogue');
    expect(bySubject?.name).toContain('USTR PROPOSES BILATERAL LABOR DIALOGUE');
    expect(await person.type('refs', 'id', 'zzz')).toEqual([]);
    const id = '07BEIJING1689';
    const paragraphs = await person.type('quote', 'paragraphs', '', { id });
    expect(paragraphs.map(({ value }) => value)).toEqual(['1', '2', '3', '4', '5']);
    expect(paragraphs[3]?.name).toMatch(/^¶4 \(SBU\) Jiang said he would report/);
    expect(await person.type('quote', 'paragraphs', '¶5', { id })).toHaveLength(1);
    expect(await person.type('quote', 'paragraphs', '', { id: 'x' })).toEqual([]);
  });

  it('the menu of a message asks about it, and finds the quote in it', async () => {
    const message = running.person(place).writes(`I read that "${QUOTE}"`);
    const asked = await person.onMessage('Ask the cables about this', message);
    expect(asked.text).toContain('07BEIJING1689 ¶3 (SBU)');
    const embed = {
      title: 'When did Stratford hope',
      fields: [{ name: 'the labor dialogue', value: 'would first meet?' }],
    };
    const embedded = { ...message, sent: { ...message.sent, content: '' } };
    const ofEmbed = await person.onMessage('Ask the cables about this', embedded, [embed]);
    expect(ofEmbed.text).toContain(CITATION);
    const found = await person.onMessage(
      'Find this quote',
      running.person(place).writes(`> ${QUOTE}`),
    );
    expect(found.text).toContain('Found in 1 paragraph, 1 of them word for word');
    expect(found.text).toContain(CITATION);
    const own = await person.onMessage('Find this quote', answer.message);
    expect(own.text).toContain(CITATION);
    const cited = await person.onMessage(
      'Quote what this cites',
      running.person(place).writes('It says so in 07BEIJING1689 ¶4, and in 07NOWHERE12 ¶1.'),
    );
    expect(cited.text).toContain('¶4.  (SBU)  Jiang said he would report the proposal');
    const citesNone = await person.onMessage(
      'Quote what this cites',
      running.person(place).writes('It says so in 07NOWHERE12 ¶1.'),
    );
    expect(citesNone.text).toContain('names no cable that is held');
    const none = await person.onMessage(
      'Find this quote',
      running.person(place).writes('Nobody said this.'),
    );
    expect(none.text).toContain('No paragraph');
  });

  it('what is not there is told in one sentence', async () => {
    expect((await person.slash('cable', { id: '07NOWHERE1' })).text).toContain(
      'No cable 07NOWHERE1',
    );
    expect((await person.slash('quote', { id: '07BEIJING1689', paragraphs: '99' })).text).toContain(
      'from ¶1 to ¶5',
    );
    expect((await person.slash('quote', { id: '07BEIJING1689', paragraphs: 'x' })).text).toContain(
      'write 4, 4-6 or summary',
    );
    expect((await person.slash('ask', { question: QUESTION, origin: 'Atlantis' })).text).toContain(
      'is no post, city or country',
    );
    expect((await person.slash('ask', { question: QUESTION, from: 'soon' })).text).toContain(
      'is no date',
    );
    expect((await person.slash('related', { id: 'nonsense' })).text).toContain('No cable');
  });
});

describe('a filter', () => {
  it('is stated, and carried by the follow-up', async () => {
    const person = running.person();
    const answer = await person.slash('ask', {
      question: QUESTION,
      origin: 'Beijing',
      from: '2007',
    });
    expect(answer.text).toContain('only cables from BEIJING');
    expect(answer.button('Follow-up').custom_id).toBe('1|follow|Beijing|2007|||');
    const opened = await person.press(answer, 'Follow-up');
    if (opened.kind !== 'modal') throw new Error(opened.kind);
    const followed = await person.submit(answer, opened.modal, {
      question: 'and what did Jiang think of it?',
    });
    expect(followed.text).toContain('only cables from BEIJING');
  });
});

describe('messages', () => {
  it('that mention the bot are answered; a reply to the answer is a follow-up', async () => {
    const person = running.person();
    const answer = await person.says(`<@100000000000000000> ${QUESTION}`);
    expect(answer.text).toContain(CITATION);
    const followed = await person.says(
      '<@100000000000000000> and who was on the Chinese side?',
      answer,
    );
    expect(followed.text.startsWith(`${QUESTION}\nand who was on the Chinese side?`)).toBe(true);
    expect(followed.text).toContain('07BEIJING1689 ¶2');
    const third = await person.says('<@100000000000000000> and when did they meet?', followed);
    const [first, second, own] = third.text.split('\n');
    expect([first, second, own]).toEqual([
      QUESTION,
      'and who was on the Chinese side?',
      'and when did they meet?',
    ]);
    const opened = await person.press(third, 'Follow-up');
    if (opened.kind !== 'modal') throw new Error(opened.kind);
    const fourth = await person.submit(third, opened.modal, { question: 'why?' });
    expect(fourth.text.split('\n').slice(0, 4)).toEqual([
      QUESTION,
      'and who was on the Chinese side?',
      'and when did they meet?',
      'why?',
    ]);
    const nothing = await person.says('<@100000000000000000>');
    expect(nothing.text).toContain('Ask me something');
  });

  it('that mention its role are answered, or told what to write', async () => {
    const person = running.person();
    const nothing = await person.says(`<@&${BOT_ROLE}>`);
    expect(nothing.text).toContain('Ask me something');
  });

  it('that reply to what answered a command cannot be read, which is told once', async () => {
    const person = running.person();
    const answer = await person.slash('ask', { question: QUESTION });
    const told = await person.says('and who was on the Chinese side?', answer);
    expect(told.text).toContain('mention me in the reply');
    const before = running.discord.rest.requests.length;
    person.writes('and when?', answer);
    await running.person().slash('help');
    const since = running.discord.rest.requests.slice(before);
    expect(since.filter(({ path }) => path.startsWith('/channels/'))).toEqual([]);
    const mentioned = await person.says('<@100000000000000000> and who else was there?', answer);
    expect(mentioned.text.startsWith(QUESTION)).toBe(true);
  });

  it('that thank for an answer, or that nothing answers, get no word without a mention', async () => {
    const person = running.person();
    const answer = await person.says(`<@100000000000000000> ${QUESTION}`);
    const before = running.discord.rest.requests.length;
    person.writes('thanks a lot!', answer);
    person.writes('and what did the flibbertigibbets of Ruritania do about it?', answer);
    await running.person().slash('help');
    await person.says(`<@100000000000000000> thanks`);
    const since = running.discord.rest.requests.slice(before);
    const posted = since.filter(({ path }) => /^\/channels\/\d+\/messages$/.test(path));
    expect(posted).toHaveLength(1);
    const followed = await person.says('and who was on the Chinese side?', answer);
    expect(followed.text).toContain('07BEIJING1689 ¶2');
  });

  it('to the bot alone are questions', async () => {
    expect((await running.person(IN_DIRECT).says(QUESTION)).text).toContain(CITATION);
  });

  it('of others, and those that name everybody, are left alone', async () => {
    const before = running.discord.rest.requests.length;
    running.person().writes(`@everyone ${QUESTION} 07BEIJING1689`);
    // Events are dealt with in their order: what comes after it has been answered.
    await running.person().slash('help');
    const since = running.discord.rest.requests.slice(before);
    expect(since.filter(({ path }) => path.startsWith('/channels/'))).toEqual([]);
  });
});

describe('a reply to what is no answer', () => {
  it('is a question of its own', async () => {
    const person = running.person(IN_DIRECT);
    const notice = await person.says('x'.repeat(400));
    expect(notice.text).toContain('at most 300 characters');
    const answer = await person.says(QUESTION, notice);
    expect(answer.text.startsWith(QUESTION)).toBe(true);
    expect(answer.text).toContain(CITATION);
  });
});

describe('a shared answer', () => {
  it('keeps what answers bold, and its filters', async () => {
    const person = running.person();
    const own = await person.slash('ask', { question: QUESTION, origin: 'Beijing', private: true });
    const shared = await person.pressed(own, 'Share');
    expect(shared.markdown).toContain(`**${QUOTE}**`);
    expect(shared.button('Follow-up').custom_id).toBe('1|follow|Beijing||||');
  });
});

describe('/settings', () => {
  it('are for who may manage the server, and no one else', async () => {
    const refused = await running.person().slash('settings');
    expect(refused.text).toContain('Only who may manage the server');
    expect(refused.isPrivate).toBe(true);
    expect((await running.person(MANAGER).slash('settings')).text).toContain(
      'On this server: everything',
    );
  });

  it('make answers private, dates those of a language, and refuse links without the intent', async () => {
    const manager = running.person(MANAGER);
    const panel = await pageOf(manager, 'How answers look');
    await manager.press(panel, 'Answer in private');
    expect((await running.person().slash('ask', { question: QUESTION })).isPrivate).toBe(true);
    expect(
      (await running.person().slash('ask', { question: QUESTION, private: false })).isPrivate,
    ).toBe(false);
    await manager.press(panel, 'Answer for the channel');
    const dates = (language: string) =>
      manager.select(panel, ComponentType.StringSelect, 'How days are written', [language]);
    await dates('de');
    expect((await running.person().slash('cable', { id: '07BEIJING1689' })).text).toContain(
      'Sent: 14. März 2007',
    );
    await dates('reader');
    expect((await running.person().slash('cable', { id: '07BEIJING1689' })).markdown).toMatch(
      /Sent: <t:\d+:D>/,
    );
    await dates('iso');
    expect(seen(await manager.press(panel, 'Link ids in messages')).text).toContain(
      'DISCORD_MESSAGE_CONTENT=1',
    );
  });

  it('put a ceiling on a channel, and take it away again', async () => {
    const manager = running.person(MANAGER);
    const set = await setCeiling(manager, { mark: 'U' }, OTHER_CHANNEL);
    expect(set.text).toContain(`In <#${OTHER_CHANNEL}>: paragraphs up to Unclassified (U)`);
    expect(set.text).toContain('and 2 of 11 paragraphs');
    const there = running.person({ channel: OTHER_CHANNEL, server: SERVER });
    const answer = await there.slash('ask', { question: QUESTION });
    expect(answer.text).not.toContain('mid-April');
    expect((await running.person().slash('ask', { question: QUESTION })).text).toContain(
      'mid-April',
    );
    await manager.press(set, 'Follow the server again');
    await manager.press(set, 'Yes, show it');
    expect((await there.slash('ask', { question: QUESTION })).text).toContain('mid-April');
  });

  it('ask for a moment between two questions of one person', async () => {
    await setCooldown(running.person(MANAGER), 300);
    const person = running.person();
    await person.slash('ask', { question: QUESTION });
    expect((await person.slash('ask', { question: QUESTION })).text).toContain(
      'One question every 300 seconds',
    );
    await setCooldown(running.person(MANAGER), 0);
  });
});

describe('a button', () => {
  it('of another version, or that makes no sense, says so', async () => {
    const person = running.person();
    const answer = await person.slash('ask', { question: QUESTION });
    for (const id of ['0|open|x', '1|gone|x', '1|open|', '1|context|07BEIJING1689', 'x']) {
      expect(seen(await person.pressId(answer, id)).text).toContain('another version of Pilcrow');
    }
    expect(seen(await person.pressId(answer, '1|context|07BEIJING1689.999')).text).toContain(
      'no longer held',
    );
  });

  it('works after a restart, the question under it included', async () => {
    const person = running.person();
    const answer = await person.slash('ask', { question: QUESTION });
    await running.restart();
    const context = await person.choose(answer, 'What stands around it');
    expect(context.text).toContain('07BEIJING1689 ¶4');
    const opened = await person.press(answer, 'Follow-up');
    if (opened.kind !== 'modal') throw new Error(opened.kind);
    expect(JSON.stringify(opened.modal)).toContain(QUESTION);
  });
});

it('what a server had settled that removed the bot while it was away is forgotten', async () => {
  const left = '700000000000000000';
  const kept = (): string[] => {
    const data = openBotData(running.config.discord.data);
    const servers = data.servers();
    data.close();
    return servers;
  };
  const data = openBotData(running.config.discord.data);
  data.saveSettings(left, { ...DEFAULT_SETTINGS, cooldown: 9 });
  data.close();
  expect(kept()).toContain(left);
  await running.restart();
  await running.person().slash('help');
  expect(kept()).not.toContain(left);
});

it('no question gets into the log', () => {
  expect(running.log.join('')).not.toContain('Stratford');
  expect(running.log.join('')).not.toContain(running.discord.token);
  expect(plain('**a** \\*b')).toBe('a *b');
});
