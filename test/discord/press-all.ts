import { seen, type Person, type Seen } from './person.js';

/** Buttons that lead to a form, or change what is kept. */
const LEFT_ALONE = ['Dismiss', 'Good', 'Wrong', 'Follow-up'];

/** Presses every button of a reply and chooses the first entry of its menu, so many presses deep. */
export async function pressAll(person: Person, reply: Seen, deep: number): Promise<void> {
  if (deep === 0) return;
  const labels = new Set(reply.labels.filter((label) => !LEFT_ALONE.includes(label)));
  for (const label of labels) {
    const outcome = await person.press(reply, label);
    if (outcome.kind === 'message' && outcome.message.id !== reply.message.id) {
      await pressAll(person, seen(outcome), deep - 1);
    }
  }
  const menu = reply.components.find(({ options }) => options !== undefined);
  const [option] = menu?.options ?? [];
  if (option) await person.choose(reply, option.label);
}
