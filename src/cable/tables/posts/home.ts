import type { PostRow } from './post-row.js';

export const HOME: readonly PostRow[] = [
  ['NSC', 'D', 'Washington', 'United States'],
  ['SECDEF', 'D', 'Washington', 'United States'],
  ['STATE', 'D', 'Washington', 'United States'],
  ['TREASURY', 'D', 'Washington', 'United States'],
  ['USCBP', 'D', 'Washington', 'United States'],
  ['USDAFAS', 'D', 'Washington', 'United States'],
  ['USDOC', 'D', 'Washington', 'United States'],
  ['USUNNEWYORK', 'M', 'New York', 'United States'],
];
