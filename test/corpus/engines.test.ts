import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { EmbeddedEngine } from '../../src/embedded/engine.js';
import { ceilingContract } from '../contracts/ceilings.js';
import { indexEngineContract } from '../contracts/index-engine.js';
import { MemoryEngine } from '../support/memory-engine.js';

const folder = mkdtempSync(path.join(tmpdir(), 'pilcrow-engines-'));
let engines = 0;
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
const embedded = (): EmbeddedEngine =>
  new EmbeddedEngine(path.join(folder, `index-${String(++engines)}`));

indexEngineContract('embedded', embedded);
indexEngineContract('in memory', () => new MemoryEngine());
// It is compared with the one in memory.
ceilingContract('embedded', embedded);
