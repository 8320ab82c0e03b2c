import { openStoreOf } from '../app.js';
import { serve } from '../thread-calls.js';
import { givenData } from '../worker-threads.js';
import { createCatalogue } from './catalogue.js';
import { createLookup, type Lookup } from './lookup.js';
import { lookupSettings } from './thread.js';

async function open(): Promise<{ methods: Lookup; close: () => void }> {
  const store = await openStoreOf(lookupSettings.parse(givenData()));
  const methods = createLookup(store, createCatalogue(store.summaries()));
  return {
    methods,
    close: () => {
      store.close();
    },
  };
}

export default serve(open());
