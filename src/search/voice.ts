import { sentenceRanges, type TextRange } from '../cable/sentences.js';
import type { Passage } from '../cable/passage.js';

/** Whose words a quote gives, where the cable says it plainly. */
export type Voice =
  | { readonly kind: 'summary' | 'comment' }
  /** As the cable names them: `The Minister`, `Foreign Minister Bildt`. */
  | { readonly kind: 'said'; readonly who: string };

/** What a paragraph or a part of one is called that gives the embassy's own view. */
const COMMENT_BEGINS = /(?<!end(?: of)?\s{1,2})(?<=^|[\s([])comment\s*[:.]/gi;
const COMMENT_ENDS = /end\s+(?:of\s+)?comment/gi;

const NAME = String.raw`\p{Lu}[\p{L}\p{M}.'’-]*`;
const JOINT = String.raw`(?:of|for|the|and|de|da|del|al|el|bin|van|von|to|on|in|at|&)`;
const WHO = String.raw`(?<who>(?:The |A |An |One )?(?:\p{Ll}[\p{L}-]+ )?${NAME}(?: (?:${JOINT} ){0,2}${NAME}){0,7}|The (?:\p{Ll}[\p{L}-]+ ){1,3}\p{Ll}[\p{L}-]+)`;
const SAYS = String.raw`(?:also |then |further |later |again |privately |publicly |flatly |frankly |candidly |repeatedly |clearly |strongly |reportedly )?(?:said|says|told|stated|claimed|argued|noted|asserted|explained|warned|insisted|complained|predicted|replied|responded|acknowledged|agreed|admitted|added|stressed|emphasized|emphasised|opined|remarked|observed|assured|confirmed|denied|contended|maintained|conceded|cautioned|declared|reiterated|recalled|lamented|believes|thinks|commented|underscored|underlined|countered|alleged|affirmed|announced|related|recounted|confided|speculated|concluded|urged|suggested)`;
/** `In Paris on May 4,`, `Turning to Iran,` before who speaks. */
const LEAD = String.raw`(?:[^,;:"“”]{1,60}, )?`;
const SAID = new RegExp(
  String.raw`^${LEAD}${WHO}(?:, [^,]{1,60},)? ${SAYS}\b(?! (?:to be|by)\b)`,
  'u',
);
const ACCORDING = new RegExp(String.raw`^According to ${WHO}(?:,| \()`, 'u');

/** What begins a sentence with a capital and names nobody. */
const NOBODY =
  /^(?:He|She|They|We|It|I|You|This|That|These|Those|There|Who|What|Which|Both|All|Some|Many|Most|Others|Another|Each|Several|Few|In|On|At|As|If|When|While|After|Before|However|Although|Since|For|But|And|Also|Still|Yet|Instead|Asked|Speaking|Press|Reports?|Paragraph|Summary|Comment|Ref(?:tel)?|Septel)\b/;

/**
 * Whose words a quote gives: the embassy's own in a summary or a comment, or somebody's whom the sentence that answers names
 * as its speaker. Null where the cable does not say it, or says `he`: it is never guessed.
 */
export function voiceOf(
  text: string,
  highlights: readonly TextRange[],
  role: Passage['role'],
): Voice | null {
  if (role === 'comment') return { kind: 'comment' };
  const sentences = sentenceRanges(text);
  const answers = highlights.length > 0 ? highlights : sentences.length === 1 ? sentences : [];
  const [first] = answers;
  if (first !== undefined && answers.every((range) => isInComment(text, range))) {
    return { kind: 'comment' };
  }
  const who = answers.length === 1 && first !== undefined ? speakerIn(text.slice(...first)) : null;
  if (who !== null) return { kind: 'said', who };
  return role === 'summary' ? { kind: 'summary' } : null;
}

/** Whether a range stands behind `Comment:` and before its end. */
function isInComment(text: string, [start]: TextRange): boolean {
  const last = (pattern: RegExp): number =>
    [...text.slice(0, start + 1).matchAll(pattern)].at(-1)?.index ?? -1;
  return last(COMMENT_BEGINS) > last(COMMENT_ENDS);
}

function speakerIn(sentence: string): string | null {
  const bare = sentence
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^¶?\d*\.?\s*(?:\([A-Z][A-Z/]*\)\s*)?/, '');
  const who = (ACCORDING.exec(bare) ?? SAID.exec(bare))?.groups?.['who'];
  return who === undefined || NOBODY.test(who) ? null : who;
}

/** A voice in words, for people. */
export function voiceTold(voice: Voice): string {
  switch (voice.kind) {
    case 'summary':
      return 'from the cable’s own summary';
    case 'comment':
      return 'a comment of the post that wrote the cable';
    case 'said':
      return `what “${voice.who}” said or thought, as the cable reports it`;
  }
}
