import { sentenceRanges, type TextRange } from '../cable/sentences.js';
import type { Passage } from '../cable/passage.js';

/** Whose words a quote gives, where the cable says it plainly. */
export type Voice =
  | { readonly kind: 'summary' | 'comment' }
  /** As the cable names them: `The Minister`, `Foreign Minister Bildt`. */
  | { readonly kind: 'said'; readonly who: string };

/** Where a part of a paragraph begins that gives the post's own view: at the head of a sentence, or in brackets. */
const COMMENT_BEGINS =
  /(?:(?<=^|[.!?:;)\]"”]\s{1,3})(?:(?:Begin|BEGIN|Embassy|EMBASSY|Post|POST) )?C|(?<bracket>[([])\s?(?:(?:[Bb]egin|BEGIN|[Ee]mbassy|EMBASSY|[Pp]ost|POST) )?[Cc])(?:omments?|OMMENTS?)\s*[:.–—-]\s*/gu;
const COMMENT_ENDS = /\bend\s+(?:of\s+)?(?:\p{L}+\s+){0,2}?comment/iu;
const SUMMARY_ENDS = /\bend\s+(?:of\s+)?(?:\p{L}+\s+){0,2}?summary/iu;
/** Characters of a comment within a paragraph, at most. */
const LONGEST_COMMENT = 5000;
const CLOSES: Readonly<Record<string, string>> = { '(': ')', '[': ']' };

const NAME = String.raw`\p{Lu}[\p{L}\p{M}.'’-]*`;
const JOINT = String.raw`(?:of|for|the|and|de|da|del|al|el|bin|van|von|to|on|in|at|&)`;
const WHO = String.raw`(?<who>(?:The |A |An |One )?(?:\p{Ll}[\p{L}-]+ )?${NAME}(?: (?:${JOINT} ){0,2}${NAME}){0,7}|The (?:\p{Ll}[\p{L}-]+ ){1,3}\p{Ll}[\p{L}-]+)`;
const ADVERB = String.raw`(?:also |then |further |later |again |privately |publicly |flatly |frankly |candidly |repeatedly |clearly |strongly )?`;
/** What is said. */
const SPEAKS = String.raw`said|says|told|stated|claimed|argued|noted|asserted|explained|warned|insisted|complained|replied|responded|stressed|emphasi[sz]ed|opined|remarked|assured|cautioned|declared|reiterated|lamented|believes|thinks|commented|underscored|underlined|recounted|confided|speculated|urged|suggested`;
/** What is said, and what may be done too: `recalled its ambassador`, `agreed to a cease-fire`, `concluded the meeting`. */
const MAY_SPEAK = String.raw`maintained|alleged|recalled|denied|confirmed|acknowledged|predicted|countered|affirmed|announced|related|agreed|concluded|admitted|added|observed|conceded|contended`;
const SAYS = String.raw`${ADVERB}(?:(?<verb>${SPEAKS})\b(?! (?:to be|by|with|nothing|little|no more)\b)|(?:${MAY_SPEAK})(?:,? ["“]| (?:that|the visit|reports|rumors|having|any)\b))`;
/** A second speaker in the sentence, or in one behind it: then it is not plain whose words they are. */
const ANOTHER = new RegExp(
  String.raw`(?:[.!?;,]["”)]*|\b(?:and|but|while|whereas|though|although|as|which|whom))\s+(?:(?:and|but|while|whereas|to which) )?(?:the |The |\p{Lu}[\p{L}.'’-]*\s|\p{Ll}+\s){0,5}?(?!(?:He|She|They|It|We|I)\b)(?:the \p{Ll}+|\p{Lu}[\p{L}.'’-]*)(?: \([^)]{1,40}\))? ${ADVERB}(?:${SPEAKS}|${MAY_SPEAK}|asked|answered|inquired|disagreed|demurred|joked)\b`,
  'u',
);
/** What says that it is a rumour. */
const HEARSAY =
  /\b(?:rumou?r|alleg|report|hearsay|supposed|purported|unconfirmed|gossip|press|media)/i;
/** `In Paris on May 4,`, `Turning to Iran,`, `Privately,` before who speaks; no `Jane Roe,`. */
const LEAD = String.raw`(?<lead>(?:In|On|At|During|After|Before|Following|As|Since|For|With|Without|From|To|By|Over|Under|Throughout|Despite|Like|Unlike|Of|\p{Lu}\p{Ll}+(?:ing|ly|ed)|However|Likewise|Meanwhile|Still|Nevertheless|Nonetheless|Moreover|Furthermore|First|Second|Third|Yesterday|Today|Later|Then|Next)\b[^,;:"“”]{0,60}, )?`;
const SAID = new RegExp(String.raw`^${LEAD}${WHO}(?<aside>, [^,]{1,60},)? ${SAYS}`, 'u');
/** `The road is open, Roe said.` */
const SAID_BEHIND = new RegExp(
  String.raw`^[^"“”]{8,200}?, ${WHO} ${ADVERB}(?<verb>said|says|argued|explained|noted|stressed|claimed|added|asserted|insisted|remarked|believes|thinks)(?=,|\.?["”)]*$)`,
  'u',
);
const ACCORDING = new RegExp(String.raw`^According to ${WHO}(?:,| \()`, 'u');

/** What begins a sentence with a capital and names nobody. */
const NOBODY =
  /^(?:He|She|They|We|It|I|You|This|That|These|Those|There|Who|What|Which|Both|All|Some|Many|Most|Others?|Another|Each|Several|Few|In|On|At|As|If|When|While|After|Before|However|Although|Since|For|But|And|Also|Still|Yet|Instead|Asked|Speaking|Press|Reports?|Had|Having|Should|Were|Unless|Suppose|Supposing|Whether|Perhaps|Maybe|Until|Because|Nothing|Nobody|No|None|One$|(?:One|Two|Three|Four)-|Neither|Nor|Not|Only|Allegedly|Reportedly|and|but|while|whereas|nor|or|as|if|when|because|that|which|nothing|nobody|Paragraph|Summary|Comment|Ref(?:tel)?|Septel)\b/;
/** What stands in no name: `The visit had`, `The contact who`, `Iran Not Capable of`, `Konate’s`, `the Saturday`, `XXXXXXXXXXXX Iran`. */
const NO_NAME =
  /(?:^| )(?:who|whom|whose|which|that|had|has|have|having|was|were|is|are|be|been|being|will|would|could|should|may|might|must|can|not|no|he|she|they|it|we|same|only|generally|Not|Had|Has|Having|Was|Were|Is|Are)(?: |$)|['’]s?$|\S (?:The|A|An) |X{4,}\W* \S|(?:day|January|February|March|April|June|July|August|September|October|November|December)$/u;
/** The post itself, and what it says is its own view. */
const POST = /^(?:The )?(?:Post|Mission|Embassy|Consulate|ConGen|Consulate General)$/;
/** What a visit or a report does as well as somebody who speaks. */
const SHOWS = /^(?:under(?:scor|lin)ed|stressed|suggested)$/;

/**
 * Whose words a quote gives: the embassy's own in a summary or a comment, or somebody's whom the sentence that answers names
 * as its speaker. Null where the cable does not say it, or says `he`: it is never guessed.
 */
export function voiceOf(
  text: string,
  highlights: readonly TextRange[],
  role: Passage['role'],
): Voice | null {
  const sentences = sentenceRanges(text);
  const marked = highlights.length > 0 ? highlights : sentences.length === 1 ? sentences : [];
  const answers = marked.map((range) => behindEnd(text, range));
  const [first] = answers;
  const before = text.slice(0, first?.[0] ?? 0);
  if (role === 'comment' && !COMMENT_ENDS.test(before)) return { kind: 'comment' };
  const own: Voice | null =
    role === 'summary' && !SUMMARY_ENDS.test(before) ? { kind: 'summary' } : null;
  if (first === undefined) return own;
  const comments = commentsIn(text, sentences);
  const isCommented = ([start, end]: TextRange): boolean =>
    comments.some(([from, to]) => start >= from && end <= to);
  if (answers.every(isCommented)) return { kind: 'comment' };
  return (answers.length === 1 ? speakerIn(text.slice(...first)) : null) ?? own;
}

/** `End comment.)` before a sentence is of what stands before it. */
const END_BEFORE = /^\W*end\s+(?:of\s+)?(?:comment|note|summary)\b[\s.)\]]*/i;

/** A range without the end of a comment that it begins with. */
function behindEnd(text: string, [start, end]: TextRange): TextRange {
  const length = END_BEFORE.exec(text.slice(start, end))?.[0].length ?? 0;
  return start + length < end ? [start + length, end] : [start, end];
}

/**
 * The comments within a paragraph: up to the end that is printed, or to the bracket that closes the one before it; where
 * neither is, one sentence, since nobody can tell where it ends.
 */
function commentsIn(text: string, sentences: readonly TextRange[]): TextRange[] {
  return [...text.matchAll(COMMENT_BEGINS)].map(({ 0: label, index, groups }) => {
    const from = index + label.length;
    const last = from + LONGEST_COMMENT;
    const bracket = groups?.['bracket'];
    const closed = bracket === undefined ? null : closingAt(text.slice(0, last), index, bracket);
    const printed = COMMENT_ENDS.exec(text.slice(from, closed ?? last));
    if (printed !== null)
      return [index, throughStop(text, from + printed.index + printed[0].length)];
    if (closed !== null) return [index, throughStop(text, closed)];
    return [index, sentences.find(([, end]) => end > from)?.[1] ?? from];
  });
}

/** Where the bracket that opens at a place is closed; null where it is not. */
function closingAt(text: string, at: number, bracket: string): number | null {
  let depth = 0;
  for (let place = at; place < text.length; place++) {
    const character = text.charAt(place);
    if (character === bracket) depth++;
    else if (character === CLOSES[bracket] && --depth === 0) return place;
  }
  return null;
}

/** The stops and brackets at a place are of what ends there. */
function throughStop(text: string, at: number): number {
  return at + (/^[\s.)\]]*/.exec(text.slice(at))?.[0].length ?? 0);
}

function speakerIn(answer: string): Voice | null {
  // A title of its own line above it is no part of the sentence.
  const bare = (answer.split(/\n[ \t]*\n/).at(-1) ?? '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^(?:-+\s*)?¶?\d*\.?\s*(?:\([A-Z][A-Z/]*\)\s*)?/, '');
  const according = ACCORDING.exec(bare);
  const match = according ?? SAID.exec(bare) ?? SAID_BEHIND.exec(bare);
  const { who, lead = '', aside = '', verb = '' } = match?.groups ?? {};
  if (match === null || who === undefined || NOBODY.test(who) || NO_NAME.test(who)) return null;
  if (HEARSAY.test(lead) || HEARSAY.test(aside) || /rumou?r/i.test(who)) return null;
  const rest = bare.slice(match[0].length);
  // `Aksoy, Demir and Tok said`
  if (lead !== '' && / and /.test(who)) return null;
  if (according !== null && /^[^,]*\band \p{Lu}/u.test(rest)) return null;
  if (POST.test(who)) return /^(?:believes|thinks)$/.test(verb) ? { kind: 'comment' } : null;
  if (SHOWS.test(verb) && /^The \p{Ll}/u.test(who) && !rest.startsWith(' that ')) return null;
  // `According to Qayum, Mansour stated …` has two.
  const behind = according === null ? rest : `,${rest}`;
  return ANOTHER.test(behind) ? null : { kind: 'said', who };
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
