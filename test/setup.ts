import fc from 'fast-check';

// A counterexample without its error tells nothing where a run cannot be repeated.
fc.configureGlobal({ includeErrorInReport: true });
