import type { Feature, RereadFeature } from './features.js';
import type { Confidence, Weights } from './linear.js';
import type { PlainSignal, Signal } from './signals.js';

/** Made by `npm run fit`; docs/retrieval.md says how, and what it is worth. */
export const WEIGHTS: Weights<Feature> = [
  ['cosine', 0.4065, 0.09718, 0.5717],
  ['ownCosine', 0.401, 0.09787, 0.6783],
  ['cableCosine', 0.441, 0.1118, 0.2906],
  ['sentence', 0.2609, 0.1205, 1.313],
  ['ownSentence', 0.2543, 0.1221, 1.314],
  ['text', 0.6081, 0.4691, -0.484],
  ['fullShare', 0.3166, 0.2159, 0.194],
  ['cable', 0.9352, 0.6896, 0.5383],
  ['cableShare', 0.4237, 0.2698, 0.6247],
  ['words', 0.1354, 0.1128, 0.827],
  ['position', 0.5025, 0.311, 0.2752],
  ['first', 0.08573, 0.28, -0.2199],
  ['summary', 0.07901, 0.2698, -0.1593],
  ['comment', 0.05746, 0.2327, -0.1647],
  ['clearance', 0.007998, 0.08907, -0.3139],
  ['whySummary', 0.0284, 0.1661, -0.1355],
  ['whyPosition', 0.1833, 0.3056, 0.06199],
  ['year', -0.1285, 0.6812, 0.6651],
  ['month', 0.01729, 0.1303, 0.3676],
  ['place', 0.2561, 0.4365, 0.2248],
  ['before', 0.003555, 0.05951, 0.1116],
  ['said', 0.0004941, 0.02222, -0.01213],
];

/** The same for what the second reader has read. */
export const REREAD: Weights<RereadFeature> = [
  ['score', 7.291, 3.984, 2.469],
  ['relevance', -3.415, 2.652, 0.5489],
  ['location', -2.867, 2.071, 0.6514],
];

/** The same: where there is no second reader. */
export const CONFIDENCE: Confidence<PlainSignal> = {
  offset: 2.079,
  weights: [
    ['cosine', 0.6145, 0.07546, 0.7072],
    ['sentence', 0.5152, 0.1065, 0.08675],
    ['words', 0.5098, 0.2217, -0.02423],
    ['unseen', 0.01919, 0.07799, -0.3248],
    ['names', 0.9254, 0.182, 0.4616],
    ['size', 8.024, 1.434, -1.186],
  ],
};

/** The same where there is one. */
export const REREAD_CONFIDENCE: Confidence<Signal> = {
  offset: 2.304,
  weights: [
    ['cosine', 0.6145, 0.07546, 0.3947],
    ['sentence', 0.5152, 0.1065, -0.06224],
    ['words', 0.5098, 0.2217, -0.3901],
    ['unseen', 0.01919, 0.07799, -0.2526],
    ['names', 0.9254, 0.182, 0.3144],
    ['size', 8.024, 1.434, -0.3],
    ['relevance', 1.581, 2.832, 0.8747],
    ['location', 0.8396, 2.287, 0.5127],
  ],
};
