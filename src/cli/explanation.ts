import type { Explanation, Share } from '../search/explain.js';

/** Shares of a score that are printed; --json has them all. */
const SHARES = 6;

/** An explanation as a terminal shows it. */
export function readableExplanation(explanation: Explanation): string {
  const { q, embedded, words, filters, signals, confidence, threshold, candidates } = explanation;
  return [
    `question    ${q}`,
    ...(embedded === q ? [] : [`embedded    ${embedded}`]),
    ...filters.map((filter) => `only        ${filter}`),
    `words       ${words.map(({ stem, passages, weight }) => `${stem} ${passages}${weight === 1 ? '' : ` ×${weight}`}`).join(', ')}`,
    `confidence  ${confidence.toFixed(3)} (withheld below ${String(threshold)}): ${sharesTold(signals, signals.length)}`,
    '',
    ...candidates.map(
      ({ cable, paragraph, score, named, shares, before }, place) =>
        `${String(place + 1).padStart(3)}  ${score.toFixed(2).padStart(7)}  ${`${cable} ¶${String(paragraph ?? '–')}`.padEnd(24)}` +
        `${named ? 'named; ' : ''}${sharesTold(shares, SHARES)}${before === null ? '' : ` | before: ${sharesTold(before, SHARES)}`}`,
    ),
    '',
  ].join('\n');
}

function sharesTold(shares: readonly Share[], count: number): string {
  return shares
    .slice(0, count)
    .map(
      ({ name, value, adds }) =>
        `${name} ${value.toFixed(2)} → ${adds < 0 ? '' : '+'}${adds.toFixed(2)}`,
    )
    .join(', ');
}
