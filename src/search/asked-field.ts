import { canonicalPost, isKnownPost } from '../cable/posts.js';
import { PRINTED_FIELDS } from '../cable/printed-fields.js';
import type { Intent } from './intent.js';

/** A field of a cable that a question asks for; `citedBy` is told by the reference lines of others. */
export const ASKED_FIELDS = [...PRINTED_FIELDS, 'citedBy'] as const;
export type AskedFieldName = (typeof ASKED_FIELDS)[number];

export interface AskedField {
  readonly field: AskedFieldName;
  /** The question without what asks for the field: which cable it is about. */
  readonly rest: string;
}

/** Stands for an id, `the cable`, `it`, in a question. */
const CABLE = '\u241F';

/** `07TALLINN366`, `Tallinn 366 (2007)`, `State 119085 of 2009`; the words before the number hold a post. */
const NUMBERED =
  /(?<![\p{L}\d])(?:(?:19|20)?\d{2}[ .-]?)?((?:\p{L}{2,}[ -]){0,2}\p{L}{2,}[ .-]?)0*[1-9]\d{0,6}\b(?:,? \(?(?:(?:of|from|in) )?(?:19|20)\d{2}\)?)?/gu;
/** `the cable`, `the rubbery fish dinner cable`, `the one about …`; what it is about stays. */
const SPOKEN_OF =
  /\b(?:the|this|that)\s+(?:(?!the\b|that\b|of\b|on\b|in\b|for\b|does\b)[\p{L}\d’'-]+\s+){0,6}?(?:cable|telegram|airgram|message)\b|\b(?:the|that|this) one (?=about|on|from|where|asking|describing|in which)|\b(?:cable|telegram|airgram)\b/giu;
const POINTED_AT = /\b(?:it|this|that|its|they|the same)\b/giu;

/** How a field is asked for: in words before what names the cable, or behind it. */
interface Cues {
  readonly field: AskedFieldName;
  readonly before: readonly string[];
  readonly behind: readonly string[];
}

/** The first that fits counts. */
const CUES: readonly Cues[] = [
  {
    field: 'citedBy',
    before: [
      String.raw`\b(?:who|what|which|any|anything|does any\p{L}*|do any|list|all|cables? that|telegrams? that)(?: (?:other|later|${CABLE}|cables?|telegrams?|ones?|that|else|ever|also)){0,4} (?:cites?|citing|cited|refers?(?: back)? to|referring(?: back)? to|referred to|references?|mentions?|points?(?: back)? to)`,
      String.raw`\b(?:cited|referenced|referred to) (?:by|in)\b`,
    ],
    behind: [
      String.raw`\b(?:is|was|been|gets?|ever)(?: (?:it|this|that))? (?:later )?(?:cited|referenced|referred to|mentioned) (?:by|in|anywhere|again|elsewhere|later)\b|^(?:is|was|has).*\b(?:cited|referenced|referred to|mentioned)\b`,
      // is there any later cable that cites …
      String.raw`(?<=\b(?:any|later|other) (?:\p{L}+ )?${CABLE} )that (?:cites?|refers? (?:back )?to|mentions?)\b|\bas a reference\b`,
    ],
  },
  {
    field: 'signed',
    before: [
      String.raw`\b(?:who|whose \p{L}+|which \p{L}+)\b.{0,20}\b(?:signed|signs|signing|put (?:their|his|her) name (?:to|under|on))(?: off)?(?: on)?`,
      String.raw`\b(?:signature|signatory|signer|signed by|name at the (?:bottom|end|foot))\b`,
      String.raw`\bwhose (?:name|signature) (?:is|stands|appears|was|comes)\b`,
    ],
    behind: [
      String.raw`\b(?:signed|sign)(?: off)?(?: by)?(?: whom?)?\W*$`,
      String.raw`\b(?:signature|signatory|signer)\b`,
      String.raw`\bwho(?: \p{L}+)? (?:signed|sent off|put (?:their|his|her) name)`,
    ],
  },
  {
    field: 'declassifyOn',
    before: [
      String.raw`\bdeclass\p{L}*\b`,
      String.raw`\buntil (?:when|what (?:date|year|day))\b(?=.*\b(?:classified|secret|confidential)\b)`,
    ],
    behind: [String.raw`\bdeclass\p{L}*\b`],
  },
  {
    field: 'classifiedBy',
    before: [
      String.raw`\b(?:who|whom|why|whose|reasons?|grounds|authority)\b.{0,40}\bclassif(?:y|ied|ier|ying|ication)\b`,
      String.raw`\bby whom\b(?=.*\bclassif)|\b(?:classif(?:ied|ying)[ -](?:by|authority|officer|official)|classifier)\b(?: for)?`,
      String.raw`\b(?:on|by) whose authority\b`,
      String.raw`\bwho (?:made|marked|stamped|rated)\b(?=.*\b(?:secret|confidential|classified)\b)`,
      String.raw`\bwhy (?:is|was)\b(?=.*\b(?:secret|confidential|classified)\b)`,
    ],
    behind: [
      String.raw`\bclassif(?:ied|ying)[ -](?:by|authority|officer)\b|\bclassifier\b|\bby whom\b.{0,12}\bclassified\b`,
      String.raw`\b(?:who|why|reasons?)\b.{0,20}\bclassif(?:y|ied|ication)\b`,
    ],
  },
  {
    field: 'classification',
    before: [
      String.raw`\bhow (?:\p{L}+ )?(?:is|was)\b(?=.*\bclassified)`,
      String.raw`\b(?:what|which) (?:level|classification|marking)\b.{0,20}`,
      String.raw`\bclassification(?: level| line| marking)?\b`,
      String.raw`\bhow secret (?:is|was)`,
      String.raw`^(?:is|was)(?=.*\b(?:secret|confidential|unclassified|classified)(?:\W+(?:or|and)\b.*)?\W*$)`,
    ],
    behind: [
      String.raw`\bclassification(?: level)?\b`,
      String.raw`\b(?:ever |even )?classified\W*$`,
    ],
  },
  {
    field: 'tags',
    before: [String.raw`\btags?\b`, String.raw`\btagged\b`],
    behind: [String.raw`\b(?:tags?|tagged)\b`],
  },
  {
    field: 'subject',
    before: [
      String.raw`\b(?:subject|title|heading|headline|subj)(?: line)?\b(?! of the (?:talks|meeting))`,
      String.raw`\b(?:called|titled|entitled)\b(?=.*${CABLE})`,
    ],
    behind: [
      String.raw`\b(?:subject|title|headline|heading)(?: line)?\b`,
      String.raw`\b(?:titled|entitled|called)\W*$`,
    ],
  },
  {
    field: 'references',
    before: [
      String.raw`\b(?:references?|reftels?|refs?|citations)\b`,
      String.raw`\b(?:cited|referenced|referred to) (?:in|by)\b`,
    ],
    behind: [
      String.raw`\b(?:refers?|refer back|referring|references?|referenced|reftels?|refs?|cites?|citing)\b`,
    ],
  },
  {
    field: 'infoRecipients',
    before: [
      String.raw`\b(?:copied(?: on| in| into)?|cc['’]?d?|copies|copy|info(?:rmation)? (?:addressees?|recipients?|copies))\b`,
    ],
    behind: [
      String.raw`\b(?:copied|cc['’]?d|info(?:rmation)? (?:addressees?|recipients?|copies)|for info(?:rmation)?)\b`,
    ],
  },
  {
    field: 'recipients',
    before: [
      String.raw`\b(?:recipients?|addressees?)\b`,
      String.raw`\b(?:to whom|who|whom|where|which (?:posts?|offices?|embass\p{L}+|addressees?))\b.{0,20}(?:is|was|were|did|does)(?: they)?(?: send)?(?=.*\b(?:sent|addressed|directed|go|to)\W*$)`,
      String.raw`\b(?:who|which \p{L}+|what \p{L}+) (?:got|received|gets|receives|was sent|were sent)\b`,
    ],
    behind: [
      String.raw`\b(?:sent|addressed|directed|went|go|going)(?: out)?(?: \p{L}+)? to(?: whom?)?\W*$`,
      String.raw`\b(?:recipients?|addressees?)\b|\b(?:addressed|directed) to\b`,
      String.raw`\bwho (?:got|received)\b`,
    ],
  },
  {
    field: 'sent',
    before: [
      String.raw`\b(?:when|what (?:day|date|time|year|hour)|which (?:day|date|year))\b(?: and \p{L}+)?(?: was| is| did| were)?(?=.*\b(?:sent|written|dated|transmitted|issued|go out|filed|from|leave)\W*$)`,
      String.raw`\b(?:date|date-time group|dtg)(?: and time)? (?:of|on)\b`,
    ],
    behind: [
      String.raw`\b(?:date|dtg)\W*$`,
      String.raw`\bwhen (?:was|did|is)\b.{0,12}\b(?:sent|written|dated|go out)\W*$`,
    ],
  },
  {
    field: 'origin',
    before: [
      String.raw`\b(?:which|what|whose) (?:\p{L}+ )?(?:embassy|post|consulate|mission|office)\b.{0,12}\b(?:sent|wrote|drafted|transmitted|filed)\b`,
      String.raw`\b(?:origin|sender) of\b|\bwho (?:sent|wrote|drafted)\b`,
      String.raw`\bwhere (?:did|does|was|is)\b(?=.*\b(?:from|sent|written)\W*$)`,
      String.raw`\bfrom (?:which|what) (?:embassy|post|consulate|mission)\b`,
    ],
    behind: [
      String.raw`\b(?:from|by) (?:which|what) (?:embassy|post|consulate|mission)\b`,
      String.raw`\b(?:which|what) (?:embassy|post|consulate|mission)\b.{0,16}\b(?:sent|wrote|from|come)\b`,
      String.raw`\b(?:origin|sender)\b`,
    ],
  },
];

/** An id, or what a cable is called: without either the intent of a question is another's. */
const OF_A_DOCUMENT =
  /\p{L}[ .-]?\d{2}|\b(?:cables?|telegrams?|tels?|reftels?|airgrams?|messages?|dispatch|despatch|reports?|reporting|memos?|write-?up|documents?|papers?|notes?|files?|items?|piece|one)\b/iu;

/** Characters between the words that ask and what names the cable: behind it stands what it is about. */
const GAP_BEFORE = 30;
const GAP_BEHIND = 160;

const PATTERNS = CUES.map(({ field, before, behind }) => ({
  field,
  patterns: [
    ...before.map((cue) => new RegExp(`(?:${cue})(?=.{0,${String(GAP_BEFORE)}}${CABLE})`, 'iu')),
    ...behind.map(
      (cue) => new RegExp(`(?<=${CABLE}(?:['’]s)?.{0,${String(GAP_BEHIND)}})(?:${cue})`, 'iu'),
    ),
  ],
}));

/**
 * The field that a question asks for, as its words or its intent tell, or null. By its words it must speak of a
 * cable: by an id, as `the cable`, or, in a conversation, as `it`: `Who signed the agreement?` asks for no
 * signature line.
 */
export function askedFieldIn(
  question: string,
  inConversation: boolean,
  intent: Intent | null = null,
): AskedField | null {
  const named = question.replace(NUMBERED, withoutId);
  const spoken = named.replace(SPOKEN_OF, ` ${CABLE} `);
  const pointed = inConversation ? spoken.replace(POINTED_AT, ` ${CABLE} `) : spoken;
  for (const marked of new Set([named, spoken, pointed])) {
    if (!marked.includes(CABLE)) continue;
    const plain = marked.replace(/\s+/g, ' ').trim();
    for (const { field, patterns } of PATTERNS) {
      const found = patterns.map((pattern) => pattern.exec(plain)?.[0]).find((each) => each);
      if (found !== undefined) {
        return { field, rest: plain.replace(found, ' ').replaceAll(CABLE, ' ').trim() };
      }
    }
  }
  const field = ASKED_FIELDS.find((each) => each === intent);
  return field === undefined || !OF_A_DOCUMENT.test(question) ? null : { field, rest: question };
}

/** The sign of a cable in place of its id; words before the post's name stay. */
function withoutId(found: string, words: string): string {
  const each = words.trim().split(/[ -]+/);
  const from = each.findIndex((_, at) => isKnownPost(canonicalPost(each.slice(at).join(''))));
  return from < 0 ? found : `${each.slice(0, from).join(' ')} ${CABLE} `;
}
