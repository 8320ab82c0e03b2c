import type { Building } from '../corpus/engine.js';
import type { CableRecord } from '../corpus/record.js';
import { storeDamage } from './sqlite/damage.js';
import { hashesOf, WritableStore } from './sqlite/writable.js';

/** What a copy began with: its base, and the last key of a cable that stood in it. */
const PROPERTY = { base: 'base', cables: 'cables_in_base' } as const;

/** A change under way, in a copy of the store. */
export class EmbeddedBuilding implements Building {
  constructor(readonly store: WritableStore) {}

  /** Opens a copy, or a new store. Throws {@link IndexError}. */
  static open(file: string): EmbeddedBuilding {
    return new EmbeddedBuilding(WritableStore.open(file));
  }

  beginWith(base: string): void {
    const { store } = this;
    store.transaction(() => {
      store.forgetRemoved();
      store.setProperty(PROPERTY.cables, String(store.lastCable()));
      store.setProperty(PROPERTY.base, base);
    });
  }

  isOf(base: string): boolean {
    return this.store.property(PROPERTY.base) === base;
  }

  damage(): string | null {
    return storeDamage(this.store.parts);
  }

  counts(): { cables: number; paragraphs: number; passages: number } {
    const { cables, passages } = this.store.parts.scoring.totals(null);
    return { cables, paragraphs: this.store.paragraphs(), passages };
  }

  hashesOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return Promise.resolve(hashesOf(this.store.parts.connection, ids));
  }

  idOfBody(bodyHash: string, except: string): Promise<string | null> {
    return Promise.resolve(this.store.idOfBody(bodyHash, except));
  }

  put(records: readonly CableRecord[]): Promise<void> {
    return new Promise((resolve) => {
      this.store.put(records);
      resolve();
    });
  }

  remove(ids: readonly string[]): Promise<void> {
    return new Promise((resolve) => {
      this.store.remove(ids);
      resolve();
    });
  }

  added(): Promise<string[]> {
    const inBase = Number(this.store.property(PROPERTY.cables) ?? 0);
    return Promise.resolve(this.store.idsAfter(inBase));
  }

  close(): Promise<void> {
    this.store.close();
    return Promise.resolve();
  }
}
