import type { Feature, RereadFeature } from './features.js';
import type { Confidence, Weights } from './linear.js';
import type { PlainSignal, Signal } from './signals.js';

/** Made by `npm run fit`; docs/retrieval.md says how, and what it is worth. */
export const WEIGHTS: Weights<Feature> = [
  ['cosine', 0.4736, 0.0881, 0.612],
  ['ownCosine', 0.4681, 0.08925, 1.407],
  ['cableCosine', 0.503, 0.09978, -0.1143],
  ['sentence', 0.4895, 0.08244, 2.042],
  ['ownSentence', 0.4895, 0.08244, 0.5],
  ['text', 0.6071, 0.4676, -0.4089],
  ['fullShare', 0.3164, 0.2141, 0.464],
  ['cable', 0.9341, 0.6887, 0.5794],
  ['cableShare', 0.422, 0.269, 0.6421],
  ['words', 0.1352, 0.1116, 0.4764],
  ['position', 0.5022, 0.311, 0.2098],
  ['first', 0.08616, 0.2806, -0.2118],
  ['summary', 0.08129, 0.2733, -0.2781],
  ['comment', 0.05689, 0.2316, -0.1707],
  ['clearance', 0.006295, 0.07909, -0.2362],
  ['whySummary', 0.02899, 0.1678, -0.05842],
  ['whyPosition', 0.1842, 0.306, 0.1436],
  ['year', -0.05546, 0.6921, 0.2575],
  ['month', 0.02028, 0.141, 0.3384],
  ['place', 0.2444, 0.4298, 0.1805],
  ['before', 0, 1, 1],
  ['said', 0, 1, -0.6],
];

/** The same for what the second reader has read. */
export const REREAD: Weights<RereadFeature> = [
  ['score', 6.782, 4.034, 2.581],
  ['relevance', -3.149, 2.486, 0.6299],
  ['location', -2.359, 2.116, 0.5181],
];

/** The same: where there is no second reader. */
export const CONFIDENCE: Confidence<PlainSignal> = {
  offset: 2.182,
  weights: [
    ['cosine', 0.6527, 0.06935, 0.4099],
    ['sentence', 0.6566, 0.0753, 0.4773],
    ['words', 0.5001, 0.2194, 0.01617],
    ['unseen', 0.01492, 0.06601, -0.2391],
    ['names', 0.9171, 0.1931, 0.4418],
    ['size', 8.047, 1.44, -1.153],
  ],
};

/** The same where there is one. */
export const REREAD_CONFIDENCE: Confidence<Signal> = {
  offset: 2.263,
  weights: [
    ['cosine', 0.6527, 0.06935, 0.2268],
    ['sentence', 0.6566, 0.0753, 0.2558],
    ['words', 0.5001, 0.2194, -0.3406],
    ['unseen', 0.01492, 0.06601, -0.1777],
    ['names', 0.9171, 0.1931, 0.2744],
    ['size', 8.047, 1.44, -0.3],
    ['relevance', 1.501, 2.79, 0.9207],
    ['location', 1.39, 2.494, 0.4497],
  ],
};
