import { eng } from 'stopword';
import { wordsOf } from '../cable/terms.js';

/** Words around what cables are about: those of asking for them, and common ones. */
const AROUND: ReadonlySet<string> = new Set([
  ...eng,
  ...wordsOf(
    `please pls plz kindly thanks thx hi hello hey bot ok u cn list enumerate show give find get count compile collect
    gather provide fetch pull dig bring display send sent tell name put sort arrange order ordered search look see
    read want would like need let full complete short entire whole total overview number list listing many much
    often times cable cables telegram telegrams airgram airgrams dispatch dispatches document documents docs
    report reports reported reporting message messages files file items item records entries coverage mention
    mentions mentioned mentioning reference references stuff material thing things one ones everything anything
    whatever something any all every each single other others more else about concerning regarding re on of over
    abt w relating related pertaining dealing deal deals covering cover covers covered discussing discuss discussed
    describing talk talks naming name wrote write written writes come came bring touch touching refer refers
    raise raised contain contains hold holds dated there exist we have got embassies embassy consulate consulates
    posts post missions mission capitals which what who did does do is are was were has had been ever also
    actually first last us go went out subject topic theme index archive total max most top dont care matter`,
  ),
]);
/** Names in capitals are no common words: `WHO`, `US`. */
const IN_CAPITALS = /^\p{Lu}{2,}$/u;

/** What cables are about: the longest stretch of words without those around it. */
export function topicIn(text: string): string {
  const parts = text.split(/\s*[;:?!]\s*|\s*\.\s+|\s+[-–]\s+/u).map((part) => {
    const words = part.split(' ').filter((word) => word !== '');
    const tells = (word: string): boolean =>
      IN_CAPITALS.test(word.replace(/\P{L}/gu, '')) ||
      wordsOf(word).some((each) => !AROUND.has(each));
    const first = words.findIndex(tells);
    const last = words.findLastIndex(tells);
    return first < 0 ? '' : words.slice(first, last + 1).join(' ');
  });
  return parts
    .filter((part) => part !== '')
    .join(' ')
    .replace(/^[^\p{L}\p{N}"“-]+|[^\p{L}\p{N}"”)]+$/gu, '');
}
