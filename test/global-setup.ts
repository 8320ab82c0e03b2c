import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder with the 776 public pages, or null where ../shared is absent. */
    publicCables: string | null;
  }
}

const ARCHIVE = path.resolve(import.meta.dirname, '../../shared/cables/cablegate-html.tar.xz');

/** Unpacks the public cables of ../shared once, for the tests that use them. */
export default function setup(project: TestProject): () => void {
  if (!existsSync(ARCHIVE)) {
    console.log('../shared is absent: the tests on the 776 public cables are skipped');
    project.provide('publicCables', null);
    return () => undefined;
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'pilcrow-cables-'));
  execFileSync('tar', ['-xJf', ARCHIVE, '-C', folder]);
  project.provide('publicCables', folder);
  return () => {
    rmSync(folder, { recursive: true, force: true });
  };
}
