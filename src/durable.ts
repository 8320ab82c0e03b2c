import { open, rename } from 'node:fs/promises';
import path from 'node:path';

/** Waits until what stands in a file, or which names stand in a folder, would survive a power cut. */
async function sync(file: string): Promise<void> {
  const handle = await open(file, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Gives a whole file its name in one step that survives a power cut. */
export async function renameDurably(from: string, to: string): Promise<void> {
  await sync(from);
  await rename(from, to);
  await sync(path.dirname(to));
}
