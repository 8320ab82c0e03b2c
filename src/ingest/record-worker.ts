/** Runs in a worker thread. */
export { readRecords as default } from './read-records.js';
