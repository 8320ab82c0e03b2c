/** Paragraphs of one cable that are shown while others answer too. */
const OF_ONE_CABLE = 2;
/**
 * Scores are logarithms of odds: a paragraph of another cable answers too where it is no less likely
 * than by this much.
 */
export const AS_LIKELY = 1.5;

/** What a choice is made among: best first. */
type Shown = readonly { readonly cable: string; readonly score: number }[];

/**
 * The results to show, of a ranked list, by their places in it: the first `count`, but for a third of one
 * cable while a paragraph of another is nearly as likely. The list itself stays one of paragraphs.
 */
export function shownOf(results: Shown, count: number): number[] {
  const shown: Shown[number][] = [];
  const left = [...results];
  while (shown.length < count) {
    const [next] = left;
    if (next === undefined) break;
    const crowded = (each: Shown[number]): boolean =>
      shown.filter(({ cable }) => cable === each.cable).length >= OF_ONE_CABLE;
    const other = left.find((each) => !crowded(each));
    const instead =
      crowded(next) && other !== undefined && other.score >= next.score - AS_LIKELY ? other : next;
    shown.push(instead);
    left.splice(left.indexOf(instead), 1);
  }
  return shown.map((each) => results.indexOf(each));
}
