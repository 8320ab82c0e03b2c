import { execFileSync, execSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ComponentType } from 'discord.js';
import { describe, it } from 'vitest';
import { indexOf, IN_SERVER, runBotOver } from '../discord/running.js';
import type { Seen } from '../discord/person.js';
import type { SentComponent } from '../discord/validation.js';
import { ROOT, SAMPLES } from '../support/files.js';

const PICTURES = path.join(ROOT, 'docs', 'pictures');
/** A telephone's width in CSS pixels. */
const WIDTH = 375;

function chromium(): string | null {
  try {
    return execSync('command -v chromium', { encoding: 'utf8' }).trim();
  } catch {
    return null;
  }
}

/** Draws the pictures of docs/discord.md from what the bot really sends; needs Debian's chromium. */
describe.skipIf(chromium() === null)('pictures', () => {
  it('of answers, a card and a refusal, as a telephone shows them', async () => {
    const index = await indexOf([SAMPLES]);
    const running = await runBotOver({ index });
    const person = running.person(IN_SERVER);
    const answer = await person.slash('ask', {
      question: 'When did Stratford hope the labor dialogue would first meet?',
    });
    mkdirSync(PICTURES, { recursive: true });
    draw('answer', answer, 2740);
    draw(
      'no-answer',
      await person.slash('ask', { question: 'What did the Oxus Pipeline Treaty say?' }),
      300,
    );
    draw('cable', await person.slash('cable', { id: '07BEIJING1689' }), 720);
    draw(
      'quote',
      await person.slash('quote', { id: '07BEIJING1689', paragraphs: '5', style: 'chicago' }),
      300,
    );
    await running.stop();
    rmSync(index, { recursive: true, force: true });
  });
});

function draw(name: string, seen: Seen, height: number): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'pilcrow-picture-'));
  const page = path.join(folder, 'page.html');
  writeFileSync(page, pageOf(seen));
  execFileSync(
    'chromium',
    [
      '--headless',
      '--no-sandbox',
      '--hide-scrollbars',
      '--force-device-scale-factor=1.5',
      `--window-size=${String(WIDTH)},${String(height)}`,
      `--screenshot=${path.join(PICTURES, `${name}.png`)}`,
      `file://${page}`,
    ],
    { stdio: 'ignore' },
  );
  rmSync(folder, { recursive: true, force: true });
}

function pageOf({ message }: Seen): string {
  return `<!doctype html><meta charset="utf-8"><style>
body{margin:0;padding:12px;background:#313338;color:#dbdee1;font:16px/1.375 "DejaVu Sans",sans-serif;width:${String(WIDTH - 24)}px}
.name{color:#fff;font-weight:600;margin-bottom:6px}.box{background:#2b2d31;border-left:4px solid #4e5058;border-radius:8px;padding:10px 12px;margin:8px 0}
.text{white-space:pre-wrap;overflow-wrap:anywhere;margin:4px 0}.small{font-size:12px;color:#949ba4}
.row{display:flex;flex-wrap:wrap;gap:6px;margin:8px 0}.button{background:#4e5058;color:#fff;border-radius:6px;padding:6px 12px;font-size:14px}
.primary{background:#5865f2}.off{opacity:.5}.menu{border:1px solid #1e1f22;background:#1e1f22;border-radius:6px;padding:8px;color:#949ba4;flex:1}
</style><div class="name">Pilcrow ¶</div>${(message.sent.components ?? []).map(htmlOf).join('')}`;
}

function htmlOf(each: SentComponent): string {
  // eslint-disable-next-line @typescript-eslint/switch-exhaustiveness-check -- others are not sent
  switch (each.type) {
    case ComponentType.TextDisplay:
      return `<div class="text">${textOf(each.content ?? '')}</div>`;
    case ComponentType.Container: {
      const colour = `#${(each.accent_color ?? 0x4e5058).toString(16).padStart(6, '0')}`;
      return `<div class="box" style="border-color:${colour}">${(each.components ?? []).map(htmlOf).join('')}</div>`;
    }
    case ComponentType.ActionRow:
      return `<div class="row">${(each.components ?? []).map(htmlOf).join('')}</div>`;
    case ComponentType.StringSelect:
      return '<div class="menu">Open a paragraph ▾</div>';
    case ComponentType.Button:
      return `<div class="button${each.label === 'Follow-up' ? ' primary' : ''}${each.disabled === true ? ' off' : ''}">${each.label ?? ''}</div>`;
    default:
      return '';
  }
}

/** Bold, small print and escapes, as Discord shows them. */
function textOf(markdown: string): string {
  return markdown
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .split('\n')
    .map((line) => {
      const shown = line
        .replace(/^-# /, '')
        .replace(/(?<!\\)\*\*(.+?)(?<!\\)\*\*/g, '<b>$1</b>')
        .replace(/\\([^\sA-Z0-9])/gi, '$1');
      return line.startsWith('-# ') ? `<span class="small">${shown}</span>` : shown;
    })
    .join('\n');
}
