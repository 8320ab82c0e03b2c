import { seen, type Person, type Seen } from './person.js';

/** Buttons that lead to a form, or change what is kept. */
const LEFT_ALONE = ['Dismiss', 'Answers it', 'Does not', 'Follow-up', 'Keep'];

/**
 * Presses every button of a reply and chooses an entry of each sort of its menus, so many presses deep; of the last, one
 * entry.
 */
export async function pressAll(person: Person, reply: Seen, deep: number): Promise<void> {
  if (deep === 0) return;
  const labels = new Set(reply.labels.filter((label) => !LEFT_ALONE.includes(label)));
  for (const label of labels) {
    const outcome = await person.press(reply, label);
    if (outcome.kind === 'message' && outcome.message.id !== reply.message.id) {
      await pressAll(person, seen(outcome), deep - 1);
    }
  }
  const sorts = new Map<string, string>();
  for (const { options = [] } of reply.components) {
    for (const { label, value } of options) {
      const [sort = ''] = /^[a-z]+(?=:)/.exec(value) ?? [];
      if (!sorts.has(sort)) sorts.set(sort, label);
    }
  }
  for (const [sort, label] of [...sorts].slice(0, deep === 1 ? 1 : sorts.size)) {
    const chosen = await person.choose(reply, label);
    if (sort !== '') await pressAll(person, chosen, deep - 1);
  }
}
