import { serve } from '../../dist/thread-calls.js';

/** Counts what it was asked, and ends when it is told to. */
let asked = 0;

export default serve(
  Promise.resolve({
    methods: {
      count: () => ++asked,
      slow: () => new Promise((resolve) => setTimeout(resolve, 60_000)),
      die: () => process.exit(1),
    },
    close: () => undefined,
  }),
);
