// Makes test/discord/openapi.json: of Discord's own description of its API (MIT) what the tests need.
// node test/discord/trim-openapi.js PATH/openapi.json
import { readFileSync, writeFileSync } from 'node:fs';

const NEEDED = [
  'ApplicationCommandAutocompleteCallbackRequest',
  'ApplicationCommandUpdateRequest',
  'ApplicationFormPartial',
  'CreateMessageInteractionCallbackRequest',
  'IncomingWebhookRequestPartial',
  'IncomingWebhookUpdateRequestPartial',
  'MessageCreateRequest',
  'ModalInteractionCallbackRequest',
  'UpdateMessageInteractionCallbackRequest',
];
const whole = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const schemas = {};
const take = (name) => {
  if (name in schemas) return;
  schemas[name] = whole.components.schemas[name];
  for (const [, each] of JSON.stringify(schemas[name]).matchAll(/#\/components\/schemas\/(\w+)/g))
    take(each);
};
NEEDED.forEach(take);
const trimmed = {
  openapi: whole.openapi,
  info: { title: whole.info.title, license: whole.info.license, version: whole.info.version },
  components: {
    schemas: Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1))),
  },
};
writeFileSync(new URL('openapi.json', import.meta.url), `${JSON.stringify(trimmed)}\n`);
