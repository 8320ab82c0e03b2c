/** A set of keys of passages: a bit for each, so that millions are small. */
export class PassageSet {
  #bits: Uint8Array;
  #size = 0;

  constructor(keys: Iterable<number> = []) {
    this.#bits = new Uint8Array(1024);
    for (const key of keys) this.add(key);
  }

  get size(): number {
    return this.#size;
  }

  has(key: number): boolean {
    return ((this.#bits[key >>> 3] ?? 0) & (1 << (key & 7))) !== 0;
  }

  add(key: number): void {
    if (this.has(key)) return;
    if (key >>> 3 >= this.#bits.length) {
      const larger = new Uint8Array(2 * Math.max(this.#bits.length, (key >>> 3) + 1));
      larger.set(this.#bits);
      this.#bits = larger;
    }
    this.#bits[key >>> 3] = (this.#bits[key >>> 3] ?? 0) | (1 << (key & 7));
    this.#size++;
  }

  /** Every key, in order. */
  *keys(): Generator<number> {
    for (let byte = 0; byte < this.#bits.length; byte++) {
      if (this.#bits[byte] === 0) continue;
      for (let key = byte << 3; key < (byte + 1) << 3; key++) if (this.has(key)) yield key;
    }
  }
}
