import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CABLES } from '../support/made-up-cables.js';
import { runBotOver, type Running } from './running.js';
import { CEILINGS, nothingLeaves } from './secrets.js';

describe('over cables of every classification and mark', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'pilcrow-made-up-'));
  let running: Running;
  beforeAll(async () => {
    const file = path.join(folder, 'cables.jsonl');
    writeFileSync(file, CABLES.map((cable) => JSON.stringify(cable)).join('\n'));
    running = await runBotOver([file], { messageContent: true, rereads: false });
  });
  afterAll(async () => {
    await running.stop();
    rmSync(folder, { recursive: true, force: true });
    expect(running.discord.violations.found).toEqual([]);
  });

  it.each(CEILINGS)('nothing above %s leaves, on any path', async (_, ceiling) => {
    await nothingLeaves(running, { ceiling, cables: CABLES, tried: CABLES, least: 20 });
  });
});
