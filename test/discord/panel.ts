import { ComponentType } from 'discord.js';
import { NO_CEILING, type Ceiling } from '../../src/cable/ceiling.js';
import type { Person, Seen } from './person.js';

/** Sets a ceiling as somebody does it on the panel of `/settings`; what is not said shows everything. */
export async function setCeiling(
  manager: Person,
  wanted: Partial<Ceiling>,
  channel?: string,
): Promise<Seen> {
  const { mark, classification, noforn } = {
    ...NO_CEILING,
    ...(wanted.mark !== undefined && { classification: wanted.mark }),
    ...wanted,
  };
  const panel = await manager.slash('settings');
  if (channel !== undefined) {
    await manager.select(panel, ComponentType.ChannelSelect, 'For the whole server', [channel]);
  }
  await manager.select(panel, ComponentType.StringSelect, 'Paragraphs up to', [mark]);
  await manager.select(panel, ComponentType.StringSelect, 'Subjects, TAGS', [classification]);
  const isShown = panel.labels.includes('Leave NOFORN out');
  if (isShown !== noforn) {
    await manager.press(panel, isShown ? 'Leave NOFORN out' : 'Show NOFORN as well');
  }
  if (panel.labels.includes('Save')) await manager.press(panel, 'Save');
  if (panel.labels.includes('Yes, show it')) await manager.press(panel, 'Yes, show it');
  return panel;
}

/** Seconds between two questions of one person. */
export async function setCooldown(manager: Person, seconds: number): Promise<void> {
  const panel = await pageOf(manager, 'How answers look');
  const menu = 'Between two questions of one person';
  await manager.select(panel, ComponentType.StringSelect, menu, [String(seconds)]);
}

/** A page of the panel, by its button. */
export async function pageOf(manager: Person, label: string): Promise<Seen> {
  const panel = await manager.slash('settings');
  return manager.pressed(panel, label);
}
