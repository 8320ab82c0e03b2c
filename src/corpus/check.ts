import { messageOf, PilcrowError } from '../errors.js';
import type { Check } from './engine.js';

/** What was seen of a part that is well, and what it gave. */
export interface Finding<T> {
  readonly detail: string;
  readonly value: T;
}

/** A check, and what was found; null where it is not well. */
export interface Checked<T> {
  readonly check: Check;
  readonly value: T | null;
}

/** Looks at a part: where that throws, it is not well. */
export async function look<T>(
  name: string,
  work: () => Finding<T> | Promise<Finding<T>>,
): Promise<Checked<T>> {
  try {
    const { detail, value } = await work();
    return { check: { name, ok: true, detail, todo: null }, value };
  } catch (error) {
    const ours = error instanceof PilcrowError ? error : null;
    const detail = ours?.what ?? messageOf(error);
    const todo = ours === null ? 'run the command again with --debug' : ours.todo;
    return { check: { name, ok: false, detail, todo }, value: null };
  }
}
