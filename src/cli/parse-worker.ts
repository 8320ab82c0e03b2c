/** Runs in a worker thread. */
export { parsedCables as default } from './parsed.js';
