import { openIndex } from '../app.js';
import { serve } from '../thread-calls.js';
import { givenData } from '../worker-threads.js';
import { explain } from './explain.js';
import { highlighted } from './highlighted.js';
import { relatedTo } from './related.js';
import { searchSettings, type SearchMethods } from './thread.js';

async function open(): Promise<{ methods: SearchMethods; close: () => Promise<void> }> {
  const { search, store, vectors, embedder, ...index } = await openIndex(
    searchSettings.parse(givenData()),
  );
  const { own } = search;
  return {
    methods: {
      ask: (question, options) => search.ask(question, options),
      explain: async (question, context) => explain(await search.find(question, context)),
      related: (to, limit, ceiling) => relatedTo({ store, vectors, own }, to, limit, ceiling),
      highlighted: (question, places, ceiling) =>
        highlighted({ store, embedder, own }, question, places, ceiling),
    },
    close: () => index.close(),
  };
}

export default serve(open());
