import { execFileSync, execSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ComponentType, GatewayDispatchEvents, PermissionFlagsBits } from 'discord.js';
import { describe, it } from 'vitest';
import { indexOf, IN_SERVER, runBotOver } from '../discord/running.js';
import { COMMANDS } from '../../src/discord/registry.js';
import { APPLICATION, guildOf } from '../discord/payloads.js';
import { Seen } from '../discord/person.js';
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

const QUESTION = 'When did Stratford hope the labor dialogue would first meet?';
const MANAGER = { ...IN_SERVER, permissions: PermissionFlagsBits.ManageGuild };

/** Draws the pictures of docs/discord.md from what the bot really sends; needs Debian's chromium. */
describe.skipIf(chromium() === null)('pictures', () => {
  it('of answers, quotes, a list, the panel and a first message, as a telephone shows them', async () => {
    const index = await indexOf([SAMPLES]);
    const running = await runBotOver({ index });
    const person = running.person(IN_SERVER);
    mkdirSync(PICTURES, { recursive: true });
    const wanted = COMMANDS.map(({ data }, i) => ({
      ...data,
      id: `80000000000000000${String(i)}`,
    }));
    running.discord.commands.set(APPLICATION, wanted);
    const panel = await running.person(MANAGER).slash('settings');
    const look = await running.person(MANAGER).slash('preferences');
    draw('panel', panel);
    draw('answer', await person.slash('ask', { question: QUESTION }));
    draw(
      'no-answer',
      await person.slash('ask', { question: 'What did the Oxus Pipeline Treaty say?' }),
    );
    draw(
      'list',
      await person.slash('ask', { question: 'all cables about labor in 2006 and 2007' }),
    );
    draw('cable', await person.slash('cable', { id: '07BEIJING1689' }));
    draw('quote', await person.slash('quote', { id: '07BEIJING1689', paragraphs: '5' }));
    draw('preferences', look);
    await running.person(MANAGER).press(look, 'Whole paragraphs');
    const whole = running.person(IN_SERVER);
    await whole.press(await whole.slash('preferences'), 'Whole paragraphs');
    draw('answer-whole', await whole.slash('ask', { question: QUESTION }));
    const greeted = running.discord.next();
    running.discord.gateway.send(GatewayDispatchEvents.GuildCreate, guildOf('200000000000000009'));
    draw('first-use', new Seen(await greeted));
    await running.stop();
    rmSync(index, { recursive: true, force: true });
  });
});

/** Twice the height of a telephone's screen at first, then as high as the page turned out to be. */
function draw(name: string, seen: Seen): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'pilcrow-picture-'));
  const page = path.join(folder, 'page.html');
  writeFileSync(page, pageOf(seen));
  const chrome = (...args: string[]): string =>
    execFileSync(
      'chromium',
      ['--headless', '--no-sandbox', '--hide-scrollbars', ...args, `file://${page}`],
      { stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8' },
    );
  const height = /data-height="(\d+)"/.exec(
    chrome('--dump-dom', `--window-size=${String(WIDTH)},100`),
  );
  chrome(
    '--force-device-scale-factor=1.5',
    `--window-size=${String(WIDTH)},${height?.[1] ?? '1000'}`,
    `--screenshot=${path.join(PICTURES, `${name}.png`)}`,
  );
  rmSync(folder, { recursive: true, force: true });
}

function pageOf({ message }: Seen): string {
  return `<!doctype html><meta charset="utf-8"><style>
body{margin:0;padding:12px;background:#313338;color:#dbdee1;font:16px/1.375 "DejaVu Sans",sans-serif;width:${String(WIDTH - 24)}px}
.name{color:#fff;font-weight:600;margin-bottom:6px}.box{background:#2b2d31;border-left:4px solid #4e5058;border-radius:8px;padding:10px 12px;margin:8px 0}
.text{white-space:pre-wrap;overflow-wrap:anywhere;margin:4px 0}.small{font-size:12px;color:#949ba4}
.row{display:flex;flex-wrap:wrap;gap:6px;margin:8px 0}.button{background:#4e5058;color:#fff;border-radius:6px;padding:6px 12px;font-size:14px}
.primary{background:#5865f2}.danger{background:#da373c}code{background:#2b2d31;border-radius:4px;padding:0 3px;font-size:14px}.link{color:#00a8fc}.off{opacity:.5}.menu{border:1px solid #1e1f22;background:#1e1f22;border-radius:6px;padding:8px;color:#949ba4;flex:1}
</style><div class="name">Pilcrow ¶</div>${(message.sent.components ?? []).map(htmlOf).join('')}<script>document.body.dataset.height=String(document.documentElement.scrollHeight)</script>`;
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
    case ComponentType.ChannelSelect:
    case ComponentType.RoleSelect:
      return `<div class="menu">${each.options?.find((option) => option.default === true)?.label ?? each.placeholder ?? ''} ▾</div>`;
    case ComponentType.Button:
      return `<div class="button${STYLES[Number(each.style)] ?? ''}${each.disabled === true ? ' off' : ''}">${each.label ?? ''}</div>`;
    default:
      return '';
  }
}

const STYLES: Readonly<Record<number, string>> = { 1: ' primary', 4: ' danger' };

/** Bold, small print, links, mentions of commands and escapes, as Discord shows them. */
function textOf(markdown: string): string {
  return markdown
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .split('\n')
    .map((line) => {
      const shown = line
        .replace(/^-# /, '')
        .replace(/(?<!\\)\*\*(.+?)(?<!\\)\*\*/g, '<b>$1</b>')
        .replace(/(?<!\\)`([^`]+)`/g, '<code>$1</code>')
        .replace(/(?<!\\)_([^_]+)_/g, '<i>$1</i>')
        .replace(/&lt;\/(\w+):\d+>/g, '<span class="link">/$1</span>')
        .replace(/\\([^\sA-Z0-9])/gi, '$1');
      return line.startsWith('-# ') ? `<span class="small">${shown}</span>` : shown;
    })
    .join('\n');
}
