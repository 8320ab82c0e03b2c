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
const ADVERB = String.raw`(?:also |then |further |later |again |privately |publicly |flatly |frankly |candidly |repeatedly |clearly |strongly )?`;
/** What is said, and what may be done too: `recalled its ambassador`, `maintained a calm demeanor`. */
const SPEAKS = String.raw`(?:said|says|told|stated|claimed|argued|noted|asserted|explained|warned|insisted|complained|replied|responded|agreed|admitted|added|stressed|emphasi[sz]ed|opined|remarked|observed|assured|contended|conceded|cautioned|declared|reiterated|lamented|believes|thinks|commented|underscored|underlined|recounted|confided|speculated|concluded|urged|suggested)`;
const SPEAKS_THAT = String.raw`(?:maintained|alleged|recalled|denied|confirmed|acknowledged|predicted|countered|affirmed|announced|related) (?:that|the visit|reports|rumors|having|any)`;
const SAYS = String.raw`${ADVERB}(?:${SPEAKS}\b(?! (?:to be|by|nothing|little|no more)\b)|${SPEAKS_THAT}\b)`;
/** A second speaker in the sentence: then it is not plain whose words they are. */
const ANOTHER = new RegExp(
  String.raw`\b(?:and|but|while|whereas)\s+(?:the |The |\p{Lu}[\p{L}.'’-]*\s|\p{Ll}+\s){0,5}?(?:the \p{Ll}+|\p{Lu}[\p{L}.'’-]*) ${SAYS}`,
  'u',
);
/** What says that it is a rumour. */
const HEARSAY =
  /\b(?:rumou?r|alleg|report|hearsay|supposed|purported|unconfirmed|gossip|press|media)/i;
/** `In Paris on May 4,`, `Turning to Iran,` before who speaks. */
const LEAD = String.raw`(?<lead>[^,;:"“”]{1,60}, )?`;
const SAID = new RegExp(String.raw`^${LEAD}${WHO}(?<aside>, [^,]{1,60},)? ${SAYS}`, 'u');
const ACCORDING = new RegExp(String.raw`^According to ${WHO}(?:,| \()`, 'u');

/** What begins a sentence with a capital and names nobody. */
const NOBODY =
  /^(?:He|She|They|We|It|I|You|This|That|These|Those|There|Who|What|Which|Both|All|Some|Many|Most|Others|Another|Each|Several|Few|In|On|At|As|If|When|While|After|Before|However|Although|Since|For|But|And|Also|Still|Yet|Instead|Asked|Speaking|Press|Reports?|Had|Should|Were|Unless|Suppose|Supposing|Whether|Perhaps|Maybe|Until|Because|Nothing|Nobody|No|None|One$|Neither|Nor|Not|Only|Allegedly|Reportedly|and|but|while|whereas|nor|or|as|if|when|because|that|which|nothing|nobody|Paragraph|Summary|Comment|Ref(?:tel)?|Septel)\b/;

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
  const marked = highlights.length > 0 ? highlights : sentences.length === 1 ? sentences : [];
  const answers = marked.map((range) => behindEnd(text, range));
  const [first] = answers;
  if (first !== undefined && answers.every((range) => isInComment(text, range))) {
    return { kind: 'comment' };
  }
  const who = answers.length === 1 && first !== undefined ? speakerIn(text.slice(...first)) : null;
  if (who !== null) return { kind: 'said', who };
  const isBehindSummary =
    first !== undefined && /end\s+(?:of\s+)?summary/i.test(text.slice(0, first[0]));
  return role === 'summary' && !isBehindSummary ? { kind: 'summary' } : null;
}

/** `End comment.)` before a sentence is of what stands before it. */
const END_BEFORE = /^\W*end\s+(?:of\s+)?(?:comment|note|summary)\b[\s.)\]]*/i;

/** A range without the end of a comment that it begins with. */
function behindEnd(text: string, [start, end]: TextRange): TextRange {
  const length = END_BEFORE.exec(text.slice(start, end))?.[0].length ?? 0;
  return start + length < end ? [start + length, end] : [start, end];
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
  const match = ACCORDING.exec(bare) ?? SAID.exec(bare);
  const { who, lead = '', aside = '' } = match?.groups ?? {};
  if (match === null || who === undefined || NOBODY.test(who)) return null;
  if (HEARSAY.test(lead) || HEARSAY.test(aside) || /rumou?r/i.test(who)) return null;
  // `Aksoy, Demir and Tok said`
  if (lead !== '' && / and /.test(who)) return null;
  return ANOTHER.test(bare.slice(match[0].length)) ? null : who;
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
