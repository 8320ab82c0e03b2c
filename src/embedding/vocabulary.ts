import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { stemOf } from '../cable/terms.js';

/** A tokenizer's file: its words by their numbers, or with their scores. */
const tokenizer = z.object({
  model: z.object({
    vocab: z.union([
      z.record(z.string(), z.number()).transform((words) => Object.keys(words)),
      z.array(z.tuple([z.string(), z.number()])).transform((words) => words.map(([word]) => word)),
    ]),
  }),
});

/** The stems of the words that the tokenizer of a model's folder does not cut. */
export async function stemsKnown(folder: string): Promise<ReadonlySet<string>> {
  const { model } = tokenizer.parse(
    JSON.parse(await readFile(path.join(folder, 'tokenizer.json'), 'utf8')),
  );
  return new Set(model.vocab.filter((word) => /^\p{L}{3,}$/u.test(word)).map(stemOf));
}
