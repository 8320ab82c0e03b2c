import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MASK, masked, namePlaces } from '../../src/cable/masks.js';
import { protectedNamesIn } from '../../src/cable/protected-names.js';

/** Requests as the cables have them, with invented names, and what is masked then. */
const REQUESTS: readonly { readonly text: string; readonly shown: string }[] = [
  // Between dashes, and before the name that begins a paragraph.
  {
    text: 'Ivan Testov – please protect his identity – said no. Testov left.',
    shown: `${MASK} – please protect his identity – said no. ${MASK} left.`,
  },
  {
    text: '¶1. (C) (Strictly protect) Ivan Testov said no. Testov left.',
    shown: `¶1. (C) (Strictly protect) ${MASK} said no. ${MASK} left.`,
  },
  // 06MADRID1914, 05PARIS479
  {
    text: 'Oakes (strictly protect) said no. Oakes left.',
    shown: `${MASK} (strictly protect) said no. ${MASK} left.`,
  },
  // 08CARACAS1390
  {
    text: 'Airline Country Manager Omar Testino (strictly protect throughout) called. Testino added.',
    shown: `Airline Country Manager ${MASK} (strictly protect throughout) called. ${MASK} added.`,
  },
  // 08STATE93970
  {
    text: 'the Chairman Dr. Rajiv Madeup (please protect), who agreed',
    shown: `the Chairman Dr. ${MASK} (please protect), who agreed`,
  },
  // 08MUNICH423: an apposition stands between
  {
    text: 'Karl-Max zu Neustadt, Secretary General of the CSU (PROTECT), told us. NEUSTADT smiled.',
    shown: `${MASK}, Secretary General of the CSU (PROTECT), told us. ${MASK} smiled.`,
  },
  // 10CARACAS163
  {
    text: 'Italian Ambassador Luigi Inventi’s (protect) request',
    shown: `Italian Ambassador ${MASK}’s (protect) request`,
  },
  // 10BAKU98
  {
    text: 'met with Ivanov (strictly protect - see reftels). ',
    shown: `met with ${MASK} (strictly protect - see reftels). `,
  },
  {
    text: 'Jane Roe [please protect source] noted',
    shown: `${MASK} [please protect source] noted`,
  },
  {
    text: 'Ann Muster and Bea Oakes (protect identities) met Carl Pine and Dora Elm (protect). Muster and Pine left.',
    shown: `${MASK} and ${MASK} (protect identities) met Carl Pine and ${MASK} (protect). ${MASK} and Pine left.`,
  },
  {
    text: 'James McMuster (protect) called. McMUSTER, Mcmuster and MCMUSTER are he; a mcmuster is nobody.',
    shown: `${MASK} (protect) called. ${MASK}, ${MASK} and ${MASK} are he; a mcmuster is nobody.`,
  },
  {
    text: 'MR. JAMES McMUSTER (PROTECT) CALLED. McMuster left.',
    shown: `MR. ${MASK} (PROTECT) CALLED. ${MASK} left.`,
  },
  // Without a title behind a preposition; described in another's name; with something between.
  {
    text: 'The arrest of Jane Roe (strictly protect). Roe left.',
    shown: `The arrest of ${MASK} (strictly protect). ${MASK} left.`,
  },
  {
    text: 'A visitor from New Delhi (please protect) spoke.',
    shown: 'A visitor from New Delhi (please protect) spoke.',
  },
  {
    text: 'Ann Muster, adviser to Prime Minister Oakes (protect), left. Muster and Oakes.',
    shown: `${MASK}, adviser to Prime Minister Oakes (protect), left. ${MASK} and Oakes.`,
  },
  {
    text: 'Guests: Muster, Ann (protect); Pine, Carl. Muster left. Ann came.',
    shown: `Guests: ${MASK}, ${MASK} (protect); Pine, Carl. ${MASK} left. ${MASK} came.`,
  },
  { text: 'Separately, Ann (protect) left.', shown: `Separately, ${MASK} (protect) left.` },
  { text: 'Ann Muster, Gazprom (protect), left.', shown: `${MASK}, ${MASK} (protect), left.` },
  {
    text: 'Ann Muster (head of the port) (please protect) left.',
    shown: `${MASK} (head of the port) (please protect) left.`,
  },
  {
    text: 'Ann Muster, Ph.D. (protect) left. Muster.',
    shown: `${MASK}, Ph.D. (protect) left. ${MASK}.`,
  },
  {
    text: 'Ann Muster from the port (protect) left.',
    shown: `${MASK} from the port (protect) left.`,
  },
  {
    text: 'Kang Myong-\nsu (protect) left. Kang came.',
    shown: `${MASK} (protect) left. ${MASK} came.`,
  },
  {
    text: 'Judge Musa Okon-\nkwo (protect) left. Okonkwo came.',
    shown: `Judge ${MASK} (protect) left. ${MASK} came.`,
  },
  {
    text: 'Musterov (protect): Oakes is late.',
    shown: `${MASK} (protect): ${MASK} is late.`,
  },
  // Other names of the same, and parts of a name.
  {
    text: 'Banker Idris Musterov, also known as Abu Salma (protect), left. Musterov came.',
    shown: `Banker ${MASK}, also known as ${MASK} (protect), left. ${MASK} came.`,
  },
  {
    text: 'Leyla Musterova-Oakes (protect) left. Oakes came.',
    shown: `${MASK} (protect) left. ${MASK} came.`,
  },
  {
    text: 'Xavier do Muster (protect) left. K. P. Muster came.',
    shown: `${MASK} (protect) left. ${MASK} came.`,
  },
  {
    text: 'Ivo Đumusterović (protect) left. Dumusterovic came.',
    shown: `${MASK} (protect) left. ${MASK} came.`,
  },
  // Requests in other words and places.
  {
    text: 'We have it from Jane Roe. Please protect. She left.',
    shown: `We have it from ${MASK}. Please protect. She left.`,
  },
  { text: 'Please protect Jane Roe. Roe left.', shown: `Please protect ${MASK}. ${MASK} left.` },
  { text: '(Strictly protect) Jane Roe spoke.', shown: `(Strictly protect) ${MASK} spoke.` },
  {
    text: 'Participants (strictly protect): Ann Muster; Bea Oakes. Oakes left.',
    shown: `Participants (strictly protect): ${MASK}; ${MASK}. ${MASK} left.`,
  },
  {
    text: 'Jane Roe (please protect from disclosure) left.',
    shown: `${MASK} (please protect from disclosure) left.`,
  },
  {
    text: 'Nina Roe (who must protect her sources) left.',
    shown: 'Nina Roe (who must protect her sources) left.',
  },
  { text: 'PLEASE PROTECT ACCORDINGLY.', shown: 'PLEASE PROTECT ACCORDINGLY.' },
  { text: 'Jane Roe -- please protect -- noted', shown: `${MASK} -- please protect -- noted` },
  // 09UNVIEVIENNA553: the post before the name
  {
    text: 'former Ambassador to Lisbon Hans Muster (please protect) debriefed us. Muster-\nlike. Mus-\nter went.',
    shown: `former Ambassador to Lisbon ${MASK} (please protect) debriefed us. ${MASK}-\nlike. ${MASK} went.`,
  },
];

/** What asks for nothing, or names nobody. */
const NOTHING = [
  'Sensitive but unclassified -- please protect accordingly.', // 07PARIS306
  'lands (other than those included in protected areas or indigenous reserves)', // 09BRASILIA244
  'The Canadian Ambassador (protect) said he had evidence.', // 09TUNIS415
  'senior sources in the Chancellery (protect) that Germany will', // 08BERLIN1387
  'The President of AmCham in Baku (protect) confirmed', // 09BAKU175
  'in Moscow on August 29 (please protect) he complained', // 06MOSCOW9533
  'diplomat XXXXXXXXXXXX (PROTECT), who was recruited', // 09MOSCOW2747
  'They protect sources of intelligence. Oakes said so.',
];

describe('names that a cable asks to protect', () => {
  it.each(REQUESTS)('are masked in “$text”', ({ text, shown }) => {
    expect(masked(text, protectedNamesIn(text)).text).toBe(shown);
  });

  it.each(NOTHING)('are none in “%s”', (text) => {
    expect(protectedNamesIn(text)).toEqual([]);
  });

  it('are masked with a first name that stands alone, and not where it is another’s', () => {
    const alone = 'Omar Testino (protect) came. Omar left.';
    expect(masked(alone, protectedNamesIn(alone)).text).toBe(
      `${MASK} (protect) came. ${MASK} left.`,
    );
    const other = 'Omar Testino (protect) came. Omar Sharif left. Omar stayed.';
    expect(masked(other, protectedNamesIn(other)).text).toContain('Omar Sharif left. Omar stayed.');
  });

  it('move ranges with them: what stands outside of a mask is the same text', () => {
    const text = 'Testino said. Nobody heard Omar Testino but the guard.';
    const names = ['Omar Testino', 'Testino'];
    const { text: shown, moved, masks } = masked(text, names);
    expect(masks).toBe(2);
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(text.length), (a, b) => {
        const [start, end] = [Math.min(a, b), Math.max(a, b)];
        const range = moved([start, end]);
        const isOutside = (at: number): boolean =>
          namePlaces(text, names).every(([from, to]) => at <= from || at >= to);
        if (isOutside(start) && isOutside(end)) {
          expect(shown.slice(...range)).toBe(masked(text.slice(start, end), names).text);
        }
        expect(range[0]).toBeLessThanOrEqual(range[1]);
      }),
    );
  });

  it('are found in time that grows with the text', () => {
    for (const hostile of ['(protect ', '(strictly ', 'A B ', '(protect. , ; - ']) {
      const started = performance.now();
      protectedNamesIn(hostile.repeat(20_000));
      expect(performance.now() - started).toBeLessThan(60_000); // exponential would be years
    }
  });
});
