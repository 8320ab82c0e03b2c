import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { ComponentType, MessageFlags } from 'discord.js';
import { z } from 'zod';

/** What a request holds that Discord would refuse; every one fails the test that caused it. */
export class Violations {
  readonly found: string[] = [];

  add(where: string, what: string): void {
    this.found.push(`${where}: ${what}`);
  }
}

const openapi = z
  .object({ components: z.object({ schemas: z.record(z.string(), z.unknown()) }) })
  .parse(JSON.parse(readFileSync(new URL('openapi.json', import.meta.url), 'utf8')));

const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
ajv.addSchema({ $id: 'discord', ...openapi });
const validators = new Map<string, ValidateFunction>();

/** Holds a body against a schema of Discord's own description. */
export function checkSchema(
  violations: Violations,
  where: string,
  schema: string,
  body: unknown,
): void {
  let validate = validators.get(schema);
  if (validate === undefined) {
    validate = ajv.compile({ $ref: `discord#/components/schemas/${schema}` });
    validators.set(schema, validate);
  }
  if (!validate(body)) {
    violations.add(where, `${schema}: ${ajv.errorsText(validate.errors).slice(0, 600)}`);
  }
}

const component: z.ZodType<SentComponent> = z.lazy(() =>
  z.looseObject({
    type: z.enum(ComponentType),
    id: z.number().optional(),
    custom_id: z.string().optional(),
    label: z.string().optional(),
    style: z.number().optional(),
    placeholder: z.string().optional(),
    content: z.string().optional(),
    disabled: z.boolean().optional(),
    options: z
      .array(
        z.looseObject({
          label: z.string(),
          value: z.string(),
          description: z.string().optional(),
          default: z.boolean().optional(),
        }),
      )
      .optional(),
    file: z.looseObject({ url: z.string() }).optional(),
    accent_color: z.number().nullish(),
    components: z.array(component).optional(),
    component: component.optional(),
  }),
);

/** A component as it was sent. */
export interface SentComponent {
  readonly type: ComponentType;
  readonly id?: number | undefined;
  readonly custom_id?: string | undefined;
  readonly label?: string | undefined;
  readonly placeholder?: string | undefined;
  readonly style?: number | undefined;
  readonly content?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly options?:
    | readonly {
        readonly label: string;
        readonly value: string;
        readonly description?: string | undefined;
        readonly default?: boolean | undefined;
      }[]
    | undefined;
  readonly file?: { readonly url: string } | undefined;
  readonly accent_color?: number | null | undefined;
  readonly components?: readonly SentComponent[] | undefined;
  readonly component?: SentComponent | undefined;
}

export const sentMessage = z.looseObject({
  content: z.string().nullish(),
  embeds: z.array(z.unknown()).nullish(),
  flags: z.number().nullish(),
  components: z.array(component).nullish(),
  allowed_mentions: z.looseObject({ parse: z.array(z.string()).optional() }).nullish(),
  attachments: z.array(z.looseObject({ filename: z.string().optional() })).nullish(),
  message_reference: z.looseObject({ message_id: z.string() }).nullish(),
});
export type SentMessage = z.infer<typeof sentMessage>;

/** Every component, those inside others included. */
export function* allComponents(components: readonly SentComponent[]): Generator<SentComponent> {
  for (const each of components) {
    yield each;
    yield* allComponents(each.components ?? []);
    if (each.component) yield* allComponents([each.component]);
  }
}

/** The limits of a message that Discord's description does not state. */
export function checkMessage(
  violations: Violations,
  where: string,
  message: SentMessage,
  files: readonly { readonly name: string; readonly bytes: number }[],
): void {
  const refuse = (what: string): void => {
    violations.add(where, what);
  };
  const all = [...allComponents(message.components ?? [])];
  if (message.allowed_mentions?.parse?.length !== 0) refuse('allowed_mentions is not none');
  if (((message.flags ?? 0) & MessageFlags.IsComponentsV2) === 0) refuse('no components v2');
  if (message.content || message.embeds?.length) refuse('content or embeds beside components v2');
  if (all.length === 0) refuse('an empty message');
  if (all.length > 40) refuse(`${all.length} components`);
  // Whether labels count is not said: they do here.
  const text = all.reduce(
    (sum, { content, label, placeholder, options = [] }) =>
      [
        content,
        label,
        placeholder,
        ...options.map((each) => `${each.label}${each.description ?? ''}`),
      ].reduce((length, each) => length + (each?.length ?? 0), sum),
    0,
  );
  if (text > 4000) refuse(`${text} characters of text`);
  for (const { content } of all) if (content?.trim() === '') refuse('an empty text');
  for (const { label, placeholder, options = [] } of all) {
    for (const words of [label, placeholder, ...options.map((each) => each.label)]) {
      if (words !== undefined && !/[\p{L}\p{N}]{2}/u.test(words)) refuse(`no words: ${words}`);
    }
  }
  const ids = all.flatMap(({ custom_id }) => custom_id ?? []);
  for (const id of ids) if (id.length > 100) refuse(`a custom_id of ${id.length}`);
  if (new Set(ids).size !== ids.length) refuse(`a custom_id twice: ${ids.join(' ')}`);
  const own = all.flatMap(({ id }) => id ?? []);
  if (new Set(own).size !== own.length) refuse('a component id twice');
  for (const { type, components = [] } of all) {
    if (type === ComponentType.ActionRow && (components.length < 1 || components.length > 5)) {
      refuse(`a row of ${components.length}`);
    }
  }
  for (const { options } of all) {
    if (options && (options.length < 1 || options.length > 25)) refuse(`${options.length} options`);
    const values = options?.map(({ value }) => value) ?? [];
    if (new Set(values).size !== values.length) refuse('an option twice');
  }
  const shown = all.flatMap(({ file }) => file?.url.replace('attachment://', '') ?? []);
  for (const { name, bytes } of files) {
    if (!shown.includes(name)) refuse(`the file ${name} is not shown`);
    if (bytes > 10 * 1024 * 1024) refuse(`a file of ${bytes} bytes`);
  }
  for (const name of shown) {
    if (!files.some((file) => file.name === name)) refuse(`no file ${name}`);
  }
}
