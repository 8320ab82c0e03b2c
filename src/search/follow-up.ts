/**
 * Openings of a question that lean on the one before: `and in 2008?`, `what about Spain?`, `why did
 * he refuse?`. A question without one stands alone.
 */
const LEANING =
  /^(?:and|but|so|then|also|or|what about|how about|who else|what else|how so|really)\b|^(?:why|when|where|who|how)\W*$|^(?:\w+\s+){0,3}(?:he|she|it|they|him|her|them|his|their|its|that|those|these|this|there|then)\b/i;

/** Whether a question of a conversation must be read with the one before it. */
export function isFollowUp(question: string): boolean {
  return LEANING.test(question.trim());
}
