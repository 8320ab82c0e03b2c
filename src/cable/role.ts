import { highest, raises, type Marking } from './marks/marking.js';

/** What a paragraph is in its cable, where that is said of it. */
export type Role = 'summary' | 'comment' | 'clearance';
/** What several paragraphs may be together. */
type SectionRole = Exclude<Role, 'clearance'>;

/** Who has read or written a telegram before it was sent: `AUSTR Stratford cleared this message.` (07BEIJING1689 ¶5) */
const CLEARANCE =
  /\b(?:to clear|cleared|coordinated|reviewed|approved|seen)\b[^.]{1,60}\b(?:cable|message|telegram|report(?:ing)?|paragraphs?)\b|\b(?:cable|message|telegram)\b[^.]{1,60}\b(?:cleared|coordinated|reviewed|approved|drafted)\b|minimize considered/i;
/** Words of such a line, at most. */
const CLEARANCE_WORDS = 30;

/** `Summary and comment: …`, `COMMENT …`; no `Summary executions: …`, nor `Comment by the Minister: …` */
const OPENING =
  /^\W*(?:begin )?(summary|comment)s?(?:,?\s+\(?con['’]?t[\w.]*(?:['’]d)?|\s+and(?: \p{L}+){1,2}|\s*[&/] ?\p{L}+){0,2}\s*[:.,()–—-]/iu;
const OPENING_IN_CAPITALS = /^\W*(?:BEGIN )?(SUMMARY|COMMENT)\b/;
/** A heading that is one, and none that speaks of somebody's comments, nor of the end. */
const HEADED =
  /(?:^\W*|[.:]\s+)(?:\d{1,3}\W{1,3})?(?:\([A-Z/]{1,9}\)\s)?(?:(?:begin|executive|embassy|post|mission|our|brief|overall|final|introduction|background|overview|analysis)(?:\s+and)?\s+){0,2}(summary|comment)s?\b(?!['’]|\s+(?:by|of|from|on|execution|were|was|that))/i;
/** `END SUMMARY AND COMMENT`, `End Embassy Harare comment`. */
const END =
  /\bend(?:\s+of)?[\s)]+(?:(?:embassy|post|mission|executive|summary|and|our)\s+){0,3}?(summary|comment)\b/gi;
/** What stands behind this is a heading's end: `(END) SUMMARY. SURPRISE GUEST` */
const END_BEFORE_HEADING = /\bend(?:\s+of)?[\s()]*$/i;

/** What tells of roles: a heading, with what stands right before it, and a paragraph with its role by its own words. */
export type RoleSource =
  | { readonly kind: 'heading'; readonly text: string; readonly before: string }
  | {
      readonly kind: 'paragraph';
      readonly text: string;
      readonly own: Role | null;
      readonly marking: Marking;
    };

/** Paragraphs that are a summary, or a comment, together. */
interface Section {
  readonly role: SectionRole;
  /** Index of the last of them, where its end is printed; without it, up to the next heading. */
  readonly last: number | null;
  /** The highest marking of those that decide which belong to it. */
  readonly decided: Marking;
}

const NOTHING: Marking = { level: null, caveats: [] };

/** A paragraph's role by its own words: `Summary: Jiang said …`; a line of clearance. */
export function ownRole(text: string): Role | null {
  if (text.split(' ').length <= CLEARANCE_WORDS && CLEARANCE.test(text)) return 'clearance';
  return sectionRole((OPENING.exec(text) ?? OPENING_IN_CAPITALS.exec(text))?.[1]);
}

/**
 * The role of each paragraph, null for headings: by its own words, and what stands under a heading of that name or
 * between the first words and the end of a summary or a comment. A paragraph with a label of its own says what that one
 * is, and nothing of the next. Of what is marked higher than a paragraph nothing decides about it.
 */
export function rolesOf(sources: readonly RoleSource[]): (Role | null)[] {
  const ends = endsOf(sources);
  let section: Section | null = null;
  return sources.map((source, at): Role | null => {
    if (source.kind === 'heading') {
      const isEnd = END_BEFORE_HEADING.test(source.before);
      const role = isEnd ? null : sectionRole(HEADED.exec(source.text)?.[1]);
      section = role === null ? null : { role, last: null, decided: NOTHING };
      return null;
    }
    const { own } = source;
    if (own !== null) {
      section = own === 'clearance' ? null : openedAt(sources, at, own, ends[at]?.[own] ?? null);
      return own;
    }
    if (section === null) return null;
    const { role, last } = section;
    const decided = highest([section.decided, asKnown(source.marking)]);
    section = at === last || ends[at]?.[role] === at ? null : { role, last, decided };
    return raises(decided, asKnown(source.marking)) ? null : role;
  });
}

/** The section that a paragraph opens by its first words, up to the end that is printed in a later one. */
function openedAt(
  sources: readonly RoleSource[],
  at: number,
  role: SectionRole,
  last: number | null,
): Section | null {
  if (last === null || last === at) return null;
  const markings = sources
    .slice(at, last + 1)
    .flatMap((source) => (source.kind === 'paragraph' ? [asKnown(source.marking)] : []));
  return { role, last, decided: highest(markings) };
}

/** For each paragraph, where the end of a summary or a comment is printed: in it or behind it, before the next heading. */
function endsOf(sources: readonly RoleSource[]): Record<SectionRole, number | null>[] {
  let next: Record<SectionRole, number | null> = { summary: null, comment: null };
  const found = sources.toReversed().map((source, back) => {
    if (source.kind === 'heading') return (next = { summary: null, comment: null });
    const at = sources.length - 1 - back;
    const printed = new Set([...source.text.matchAll(END)].map(([, role]) => sectionRole(role)));
    const here = { ...next };
    for (const role of ['summary', 'comment'] as const) if (printed.has(role)) here[role] = at;
    // A label of its own begins something else.
    next = source.own === null ? here : { summary: null, comment: null };
    return here;
  });
  return found.reverse();
}

/** A paragraph of no known level is shown where everything is. */
function asKnown({ level, caveats }: Marking): Marking {
  return level === null ? { level: 'TS', caveats: [...caveats, 'NOFORN'] } : { level, caveats };
}

function sectionRole(word: string | undefined): SectionRole | null {
  const role = word?.toLowerCase();
  return role === 'summary' || role === 'comment' ? role : null;
}
