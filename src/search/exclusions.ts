/**
 * What a question leaves out, in so many words: `that are not about Iran`, `but not in 2008`, `except in France`,
 * `-Iran`. Nothing here understands that, and an answer that held just what was to be left out would be a false one.
 */
const EXCLUSIONS: readonly RegExp[] = [
  /\b(?:that|which)\s(?:are|is|were|was|do|does|did)\snot\s(?:about|from|in|of|by|on|mention|name|concern)\s[^?.,;]*/iu,
  // `the regional bosses, but not Merkel herself, said` leaves out nobody's cables.
  /(?:\b(?:but|and)|,)\s+not\s+(?:(?:from|in|of|by|about|on)\s+(?:the\s+)?\p{Lu}[^?.,;]*|(?:(?:from|in|of)\s+)?\d{4}\b)/u,
  /\b(?:except|excluding|other than|apart from)(?:\s(?:for|from|in|of|those|by|about)){0,2}\s(?:the\s)?(?:\d{4}|\p{Lu})[^?.,;]*/u,
  /(?<=\s)-(?:\p{Lu}\p{L}{2,}(?=\s|$)|")/u,
  /\bcables\s+not\s+(?:of|from|in|about)\s[^?.,;]*/u,
];
/** `airport strike without Greece`: in a sentence it may be what is asked for (`What would happen without Russia?`). */
const WITHOUT = /\bwithout\s+\p{Lu}[^?.,;]*/u;
const SENTENCE =
  /\?|^(?:who|what|when|where|why|how|which|did|does|do|is|are|was|were|has|have|can|would|could|should)\b/iu;

/** The words of a question that leave something out, or null. */
export function exclusionIn(question: string): string | null {
  const patterns = SENTENCE.test(question) ? EXCLUSIONS : [...EXCLUSIONS, WITHOUT];
  for (const pattern of patterns) {
    const found = pattern.exec(question)?.[0];
    if (found !== undefined) return found.trim();
  }
  return null;
}
