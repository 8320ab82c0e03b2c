import { IndexError } from '../errors.js';
import type { ModelId, Published } from './engine.js';

/** Vectors of the model in use take the place of those that are there, when they are all made. */
const EMBED = 'make the vectors anew with pilcrow embed';

/** Throws {@link IndexError} where an index was made with another model. */
export function checkModelOf(
  { model: made }: Pick<Published, 'model'>,
  model: ModelId,
  folder: string,
): void {
  const { name, dimension, fingerprint } = made;
  if (fingerprint === model.fingerprint && dimension === model.dimension) return;
  const same = name === model.name && dimension === model.dimension;
  throw new IndexError('INDEX_MODEL', {
    what: same
      ? `the vectors of the index in ${folder} were made by the same model (${name}) in another way, as an earlier ` +
        `Pilcrow did, whose vectors depended on the processor`
      : `the index in ${folder} was made with another model (${name}, ${dimension} components) than ${model.name}`,
    todo: same ? EMBED : `set PILCROW_MODEL to that model, or ${EMBED}`,
    context: { folder, model: name },
  });
}
