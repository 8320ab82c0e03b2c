import type { WordFeature } from './features.js';
import type { Weights } from './linear.js';

/** Of passages that have no vectors yet; made by `npm run fit -- --by-words`, docs/scaling.md says what it is worth. */
export const WEIGHTS_BY_WORDS: Weights<WordFeature> = [
  ['text', 0.6875, 0.3404, -0.112],
  ['fullShare', 0.3234, 0.1522, 0.9617],
  ['cable', 0.858, 0.5942, 0.8281],
  ['cableShare', 0.3523, 0.2254, 0.595],
  ['words', 0.141, 0.07743, 0.3126],
  ['position', 0.4854, 0.3141, 0.2434],
  ['first', 0.09813, 0.2975, -0.1467],
  ['summary', 0.09248, 0.2897, -0.4811],
  ['comment', 0.05305, 0.2241, -0.1731],
  ['clearance', 0.004797, 0.0691, -0.2839],
  ['whySummary', 0.03532, 0.1846, -0.04964],
  ['whyPosition', 0.1828, 0.3041, 0.0926],
  ['year', -0.1813, 0.7088, 0.6644],
  ['month', 0.0167, 0.1281, 0.3261],
  ['place', 0.1957, 0.3967, 0.5396],
  ['before', 0.001903, 0.04358, 0.03345],
  ['said', 0.000212, 0.01456, -0.009789],
];
