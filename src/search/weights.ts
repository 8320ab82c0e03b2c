import type { Feature, RereadFeature } from './features.js';
import type { Confidence, Weights } from './linear.js';
import type { PlainSignal, Signal } from './signals.js';

/** Made by `npm run fit`; docs/retrieval.md says how, and what it is worth. */
export const WEIGHTS: Weights<Feature> = [
  ['cosine', 0.4065, 0.09718, 0.5759],
  ['ownCosine', 0.401, 0.09788, 0.6691],
  ['cableCosine', 0.441, 0.1118, 0.2967],
  ['sentence', 0.2609, 0.1206, 1.315],
  ['ownSentence', 0.2543, 0.1221, 1.311],
  ['text', 0.6074, 0.4692, -0.4781],
  ['fullShare', 0.3162, 0.216, 0.1949],
  ['cable', 0.934, 0.6903, 0.5347],
  ['cableShare', 0.4232, 0.27, 0.6469],
  ['words', 0.1347, 0.1126, 0.8213],
  ['position', 0.5024, 0.311, 0.2742],
  ['first', 0.08577, 0.28, -0.2201],
  ['summary', 0.07907, 0.2698, -0.1616],
  ['comment', 0.0575, 0.2328, -0.1653],
  ['clearance', 0.007987, 0.08901, -0.3115],
  ['whySummary', 0.02842, 0.1662, -0.1345],
  ['whyPosition', 0.1832, 0.3056, 0.06505],
  ['year', -0.1285, 0.6812, 0.6649],
  ['month', 0.01729, 0.1303, 0.3666],
  ['place', 0.2561, 0.4365, 0.2218],
  ['before', 0.003551, 0.05948, 0.1008],
  ['said', 0.0004905, 0.02214, -0.01188],
];

/** The same for what the second reader has read. */
export const REREAD: Weights<RereadFeature> = [
  ['score', 7.304, 3.993, 2.473],
  ['relevance', -2.106, 2.47, 0.6854],
  ['location', -1.403, 1.895, 0.7693],
];

/** The same: where there is no second reader. */
export const CONFIDENCE: Confidence<PlainSignal> = {
  offset: 2.094,
  weights: [
    ['cosine', 0.6145, 0.07546, 0.658],
    ['sentence', 0.5157, 0.1069, 0.1525],
    ['words', 0.512, 0.2223, -0.05874],
    ['unseen', 0.01923, 0.07809, -0.3311],
    ['names', 0.9264, 0.1801, 0.4684],
    ['size', 8.024, 1.434, -1.189],
  ],
};

/** The same where there is one. */
export const REREAD_CONFIDENCE: Confidence<Signal> = {
  offset: 2.345,
  weights: [
    ['cosine', 0.6146, 0.07543, 0.3133],
    ['sentence', 0.5147, 0.1073, -0.05658],
    ['words', 0.5125, 0.2216, -0.1784],
    ['unseen', 0.019, 0.07773, -0.1912],
    ['names', 0.9257, 0.1812, 0.3019],
    ['size', 7.971, 1.642, -0.3],
    ['relevance', 1.926, 2.347, 0.5017],
    ['firstRelevance', 1.322, 2.75, 0.5565],
    ['relevances', 2.431, 2.103, 0.5313],
    ['wordsInOne', 0.5242, 0.1971, -0.3244],
    ['location', 1.67, 1.972, 0.3661],
  ],
};
