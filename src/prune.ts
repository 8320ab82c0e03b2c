import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

/**
 * Takes out of node_modules what never runs here: onnxruntime's binaries for other platforms, and its builds for web
 * pages, 390 MB of 620. `npm run prepare` calls it after every install of a checkout.
 */
async function prune(): Promise<void> {
  const node = folderOf('onnxruntime-node');
  if (node !== null) {
    const bin = path.join(node, 'bin');
    for (const version of await readdir(bin)) {
      await keepOnly(path.join(bin, version), process.platform);
      await keepOnly(path.join(bin, version, process.platform), process.arch);
    }
  }
  const web = folderOf('onnxruntime-web');
  if (web !== null) await rm(path.join(web, 'dist'), { recursive: true, force: true });
}

/** The folder of an installed package, or null. */
function folderOf(name: string): string | null {
  try {
    const file = createRequire(import.meta.url).resolve(name, {});
    const at = file.lastIndexOf(path.join('node_modules', name));
    return at < 0 ? null : file.slice(0, at + path.join('node_modules', name).length);
  } catch {
    return null; // not installed, or pruned already
  }
}

async function keepOnly(folder: string, kept: string): Promise<void> {
  // Nothing for this machine: what is there is left.
  if (!existsSync(path.join(folder, kept))) return;
  const names = await readdir(folder);
  for (const name of names) {
    if (name !== kept) await rm(path.join(folder, name), { recursive: true, force: true });
  }
}

await prune();
