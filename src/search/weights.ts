import type { Feature } from './features.js';
import type { Confidence, Weights } from './linear.js';
import type { Signal } from './signals.js';

/** Made by `npm run fit`; docs/retrieval.md says how, and what it is worth. */
export const WEIGHTS: Weights<Feature> = [
  ['cosine', 0.4731, 0.08957, 1.153],
  ['ownCosine', 0.4694, 0.09032, 1.348],
  ['cableCosine', 0.5032, 0.102, 0.6655],
  ['sentence', 0.4923, 0.08363, 2.279],
  ['text', 0.6417, 0.4857, -0.2129],
  ['fullShare', 0.3171, 0.2103, 0.4382],
  ['cable', 1.017, 0.726, 0.6452],
  ['cableShare', 0.427, 0.2661, 0.5379],
  ['words', 0.1272, 0.1007, 0.0555],
  ['position', 0.5017, 0.311, 0.3066],
  ['first', 0.08672, 0.2814, -0.2658],
  ['summary', 0.08211, 0.2745, -0.3041],
  ['comment', 0.05643, 0.2308, -0.1658],
  ['clearance', 0.006831, 0.08237, -0.1996],
  ['whySummary', 0.03336, 0.1796, -0.1246],
  ['whyPosition', 0.208, 0.3174, 0.09425],
  ['year', -0.0627, 0.7892, 0.1647],
  ['month', 0.02582, 0.1586, 0.4916],
  ['place', 0.2651, 0.4414, 0.2196],
];

/** Made by `npm run fit` as well. */
export const CONFIDENCE: Confidence<Signal> = {
  offset: 2.763,
  threshold: 0.4551,
  weights: [
    ['cosine', 0.6696, 0.07891, 0.9772],
    ['sentence', 0.682, 0.08176, 1.232],
    ['words', 0.4341, 0.1951, 0.3517],
    ['unseen', 0.06056, 0.1334, -0.6075],
    ['names', 0.8918, 0.2215, 0.4433],
    ['size', 7.288, 1.54, -0.4615],
  ],
};
