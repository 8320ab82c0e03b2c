import { createLibrary } from './library/library.js';
import { librarySettings, type LibraryMethods } from './library-thread.js';
import { engineOf, openModels } from './open.js';
import { serve, type Opened } from './thread-calls.js';
import { givenData } from './worker-threads.js';

async function open(): Promise<Opened<LibraryMethods>> {
  const settings = librarySettings.parse(givenData());
  const engine = engineOf(settings);
  const models = await openModels(settings);
  try {
    const { embedder, reranker } = models;
    const generation = await engine.open(embedder, settings.generation);
    const library = createLibrary({
      ...{ generation, embedder, reranker },
      clock: () => performance.now(),
    });
    try {
      if (settings.lookUps) await library.warm();
    } catch (error) {
      await generation.close();
      throw error;
    }
    return {
      methods: {
        async view(ceiling, method, given) {
          const view = await library.libraryFor(ceiling);
          // The main thread's view has the very methods of this one.
          const own = view[method] as (...given: readonly unknown[]) => unknown;
          return own(...given);
        },
      },
      async close() {
        await generation.close();
        await models.close();
      },
    };
  } catch (error) {
    await models.close();
    throw error;
  }
}

export default serve(open());
