import type { Feature, RereadFeature } from './features.js';
import type { Confidence, Weights } from './linear.js';
import type { PlainSignal, Signal } from './signals.js';

/** Made by `npm run fit`; docs/retrieval.md says how, and what it is worth. */
export const WEIGHTS: Weights<Feature> = [
  ['cosine', 0.4096, 0.0974, 0.5747],
  ['ownCosine', 0.4041, 0.09807, 0.7122],
  ['cableCosine', 0.444, 0.1118, 0.3113],
  ['sentence', 0.262, 0.1213, 1.26],
  ['ownSentence', 0.2554, 0.1228, 1.338],
  ['text', 0.607, 0.4695, -0.4687],
  ['fullShare', 0.3161, 0.2162, 0.1772],
  ['cable', 0.9354, 0.6899, 0.5328],
  ['cableShare', 0.4236, 0.2699, 0.6494],
  ['words', 0.1352, 0.1129, 0.8218],
  ['position', 0.5045, 0.312, 0.2612],
  ['first', 0.08607, 0.2805, -0.2153],
  ['summary', 0.07896, 0.2697, -0.1653],
  ['comment', 0.05896, 0.2356, -0.1826],
  ['clearance', 0.00807, 0.08947, -0.3212],
  ['whySummary', 0.02843, 0.1662, -0.1371],
  ['whyPosition', 0.1839, 0.3067, 0.06673],
  ['year', -0.1283, 0.6812, 0.6675],
  ['month', 0.01729, 0.1304, 0.3666],
  ['place', 0.256, 0.4364, 0.2296],
  ['before', 0.003545, 0.05943, 0.1058],
  ['said', 0.0004724, 0.02173, -0.00893],
];

/** The same for what the second reader has read. */
export const REREAD: Weights<RereadFeature> = [
  ['score', 7.245, 4.079, 2.705],
  ['relevance', -4.224, 2.57, 0.4364],
  ['location', -3.193, 2.027, 0.6609],
];

/** The same: where there is no second reader. */
export const CONFIDENCE: Confidence<PlainSignal> = {
  offset: 2.047,
  weights: [
    ['cosine', 0.6174, 0.07468, 0.7078],
    ['sentence', 0.5228, 0.1045, 0.07589],
    ['words', 0.5014, 0.2223, -0.04589],
    ['unseen', 0.01936, 0.07838, -0.3401],
    ['names', 0.9204, 0.189, 0.4674],
    ['size', 8.038, 1.47, -1.161],
  ],
};

/** The same where there is one. */
export const REREAD_CONFIDENCE: Confidence<Signal> = {
  offset: 2.256,
  weights: [
    ['cosine', 0.6174, 0.07468, 0.4269],
    ['sentence', 0.5228, 0.1045, -0.06757],
    ['words', 0.5014, 0.2223, -0.3664],
    ['unseen', 0.01936, 0.07838, -0.2611],
    ['names', 0.9204, 0.189, 0.3129],
    ['size', 8.038, 1.47, -0.3],
    ['relevance', 0.7078, 2.894, 0.8248],
    ['location', 0.3772, 2.344, 0.4341],
  ],
};
