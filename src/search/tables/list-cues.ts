import type { CableOrder } from '../../corpus/corpus.js';

/*
 * People seldom speak of cables but to ask for them: of 5,480 questions for training none has the word in the
 * plural, and three begin with a request. So what tells a list is a few kinds of words, wherever they
 * stand, and not how the question is built.
 */
export const CABLES = String.raw`(?:cables|telegrams|airgrams|cablegrams|dispatches)`;
export const CABLE = String.raw`(?:cable|telegram|airgram|cablegram|dispatch)`;
/** What cables are called too, and other things as well. */
export const DOCUMENTS = String.raw`(?:documents?|docs|reports?|messages?|files?|items?|records?|entries|entry|reporting|coverage|mentions?|references?|refernces?|appearances?|stuff|material|ones|news)`;
const POSTS = String.raw`(?:embass(?:y|ies)|consulates?(?: general)?|missions?|posts?|legations?|capitals?)`;
export const REPORTS = String.raw`(?:report|wr[io]t|cover|cabl|mention|discuss|sen[dt]\b|rais|flag|comment|talk|go out|went out|fil(?:e|ing))`;
export const NUMBERS: readonly string[] =
  'one two three four five six seven eight nine ten eleven twelve'.split(' ');
export const NUMBER = String.raw`(?:\d{1,3}|${NUMBERS.join('|')}|(?:a )?dozen|(?:a )?few|(?:a )?couple of)`;
const ABOUT = String.raw`(?:on|about|from|of|by|re|concerning|regarding)`;
const WHEN = String.raw`(?:before|after|since|between|until|up to|in|dated|sent)`;

/** A pattern of several ways to say the same. */
export function anyOf(...ways: readonly string[]): RegExp {
  return new RegExp(ways.map((way) => `(?:${way})`).join('|'), 'iu');
}

const OUR_CABLES = String.raw`(?:(?:the|these|those|any|your|our|us|leaked|diplomatic|american|embassy) )+(?:${CABLES}|${CABLE})`;
/** A question that asks about something in cables, and not for them. */
export const AS_SOURCE = anyOf(
  String.raw`\b(?:according to|as per|per|in|by|from) ${OUR_CABLES}\b`,
  String.raw`\b(?:(?:do|did|does) )?${OUR_CABLES} (?:say|tell|show|describe|reveal|mean|claim|suggest|explain|call|portray|have to say)s?\b`,
);
/** A question for who, why, when and the like. */
export const WH =
  /^(?:and |so |but |ok |hey |bot )*(?:who|whom|whose|why|how(?! (?:many|often|frequently)\b)|when|where)\b/iu;
/** `what did`, `which is`: it asks for a thing, unless the thing is cables. */
export const WHAT = /^(?:and |so |but |ok )*(?:what|which)\b/iu;
export const ASKS_ALL =
  /\b(?:which|what|how many|any|all|every|each|number of|count of|list of)\b/iu;

/** Cables themselves are asked for. */
export const FOR_CABLES = anyOf(
  String.raw`\b${CABLES}\b`,
  String.raw`\b(?:each|every|any)(?: \p{L}+){0,2} ${CABLE}\b`,
);
/** Documents are, as no question for something in them has it. */
export const FOR_DOCUMENTS = anyOf(
  String.raw`\b(?:all|every|each|any|no)(?: (?:the|of|other|more|single|\d{4}s?))* ${DOCUMENTS}\b`,
  String.raw`^(?:\p{L}+ ){0,4}(?:documents|docs|reports|files|records|messages|reporting|coverage) ${ABOUT}\b`,
);
/** Whatever there is is asked for. */
export const FOR_ALL = anyOf(
  String.raw`\b(?:everything|whatever) (?:there is|(?:you|we) have|covers?|${ABOUT}|${WHEN})\b`,
  String.raw`\b(?:everything|anything) (?:[\p{L}.'’-]+ ){1,5}(?:sent|wrote|reported|cabled)\b`,
  String.raw`^(?:everything|anything)\W*$`,
  String.raw`\b(?:give|show|send) me all\b|\bmore than once\b|\bwhich ones\b`,
  String.raw`\b(?:full|complete) list(?:ing)? of\b`,
  String.raw`^search\b`,
  String.raw`^(?:got |have you |have we |do (?:you|we) have |is there |are there |was there )?(?:anything|something|any|some)(?: (?:more|other|stuff|further|else))* (?:${ABOUT}|${WHEN})\b`,
  String.raw`\bwhat(?: (?:all|else))?(?:'s| is| was)? (?:there|in there|do (?:we|you) (?:have|hold)|have (?:we|you)(?: got)?)\b`,
  String.raw`^(?:list|enumerate|compile|show|give|find|get|name|tell|collect|gather|pull|search for)(?: up| out)?(?: (?:me|us))? (?:all|every|each)\b`,
);
/** Which posts wrote is asked. */
export const FOR_POSTS = anyOf(
  String.raw`\b(?:which|what|any|how many|all|all the)(?: [\p{L}'’]+){0,2}? ${POSTS}\b(?:(?! (?:did|were|got|had|have|say)\b).){0,30} ${REPORTS}`,
  String.raw`^(?:the |all )?(?:embassies|consulates|missions|posts)\b.{0,30} ${REPORTS}`,
  String.raw`\bfrom which (?:capitals|posts|embassies)\b`,
  String.raw`[.?!,;] *(?:i want |give me |list |show me |i mean )?(?:all |every )?(?:of )?(?:the )?(?:posts|embass(?:ies|y))(?: i mean)?\W*$`,
);
export const COUNTRIES =
  /^(?:which|what|how many)(?: other)?(?: (?:european|african|asian|arab|latin american|gulf|western))? (?:countries|governments|states|nations)(?![\p{L}\d'’])(?! (?:did|do|does|is|are|was|were|has|have|had|can|could|will|would|should)\b)/iu;
/** `What did Paris report`, `what was sent from Ankara`; with nothing but a post and a date. */
export const SENT = new RegExp(
  String.raw`^(?:and |so )?what (?:all )?(?:(?:did|was|has|had|were|is) )?(?<post>.{0,60}?)\b(?:${REPORTS}\p{L}*|came out|goes out)(?: back| home| out| in)?(?!\p{L})`,
  'iu',
);
export const OFTEN = new RegExp(
  String.raw`^how (?:often|many times|frequently) .{0,40} ${REPORTS}`,
  'iu',
);

export const NEWEST = 'newest|latest|most recent(?:ly)?|last';
export const OLDEST = 'oldest|earliest|(?:very )?first';
/** What may stand before and behind an order: `sorted by`, `(… first)`. */
const SORTED_BY = String.raw`[,;:(–-]?\s*\b(?:(?:in|with|the|sort(?:ed)?|order(?:ed)?|by|put|begin+ing|starting|start) )*`;
const sorting = (...ways: readonly string[]): RegExp =>
  new RegExp(String.raw`${SORTED_BY}(?:${ways.join('|')})(?![\p{L}\d])[):,]?`, 'iu');
/** An order by date that stands by itself. */
export const SORTED: readonly (readonly [CableOrder, RegExp])[] = [
  [
    'newest',
    sorting(
      String.raw`(?:newest|latest|most recent|last)(?: \p{L}+)? (?:first|on top|at the top|to (?:the )?(?:oldest|earliest|first))`,
      String.raw`(?:date )?descending(?: order)?`,
      String.raw`reversed? chronological(?:ly)?(?: order)?`,
      String.raw`(?:newest|latest) ones?(?=\W*$)`,
    ),
  ],
  [
    'oldest',
    sorting(
      String.raw`(?:oldest|earliest)(?: \p{L}+)? (?:first|on top|at the top|to (?:the )?(?:newest|latest|most recent|last))`,
      String.raw`(?:oldest|earliest)(?=\W*$)`,
      String.raw`chronological(?:ly)?(?: (?:order|list(?: of)?))?`,
      'date order',
      'order of date',
      '(?<=by )date(?: ascending)?',
      String.raw`(?:from )?(?:start|beginning|first) to (?:finish|end|last|now)`,
      'over time',
      'as a timeline',
    ),
  ],
];
/** `the three latest cables`, `first mention of`, `latest on`, `last four from`, `top 10 newest`. */
export const ORDERED = new RegExp(
  String.raw`(?:\b(?<before>${NUMBER}) )?\b(?<order>${NEWEST}|${OLDEST}|recent)(?: (?<behind>${NUMBER}))?(?<noun>(?: \p{L}+)?? (?:${CABLES}|${CABLE}|${DOCUMENTS})\b)?(?<of> ?(?=(?:out of|${ABOUT})\b|\W*$))?`,
  'giu',
);
/** Verbs of being spoken of; what was first arrested or issued is asked of events. */
const MENTIONS =
  'mention|nam|discuss|cit|note|refer|rais|report|cover|cabled|appear|writ|wrote|spoken|com(?:e|ing) up|turn(?:s|ed)? up|crop|show(?:s|ed)? up|brought up|heard of';
export const MENTIONED = anyOf(
  // when was Mladic first mentioned
  String.raw`^(?:when|where|in which cable|since when)(?: (?:was|is|were|are|did|does|do|has|have|had))? (?:the )?(?<topic>.+?) (?:(?<order>first|last) (?:${MENTIONS})\p{L}*|(?:mentioned|named|discussed|reported on|appear|come up) (?:for the )?(?<behind>first|last)(?: time)?)\b(?<rest>.*)$`,
  // what was the first thing Embassy La Paz wrote about
  String.raw`^(?:whats?|what's|what was|what is) the (?:very )?(?<thing>first|last) thing (?<post>.{3,60}?) (?:ever )?${REPORTS}\p{L}*(?<about> .*)$`,
);
