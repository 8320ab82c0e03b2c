import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/discord/registry.js';

interface Worded {
  readonly name: string;
  readonly description?: string;
  readonly name_localizations?: Readonly<Record<string, string>>;
  readonly description_localizations?: Readonly<Record<string, string>>;
  readonly options?: readonly Worded[];
}

const LANGUAGES = ['de', 'es-419', 'es-ES', 'fr', 'pt-BR'];
/** As Discord asks for the names of slash commands and of options. */
const SLASH_NAME = /^[-_\p{L}\p{N}]{1,32}$/u;

describe('every command and option', () => {
  it.each(COMMANDS.map((command) => [command.data.name, command] as const))(
    '%s has names and descriptions in every language, within Discord’s limits',
    (_, { kind, data }) => {
      const check = (worded: Worded): void => {
        const { name, description, options = [] } = worded;
        const names = worded.name_localizations ?? {};
        expect(Object.keys(names).sort(), name).toEqual(LANGUAGES);
        for (const each of Object.values(names)) {
          if (kind === 'slash') {
            expect(each).toMatch(SLASH_NAME);
            expect(each).toBe(each.toLowerCase());
          }
          expect(each.length).toBeLessThanOrEqual(32);
        }
        if (description !== undefined) {
          const described = worded.description_localizations ?? {};
          expect(Object.keys(described).sort(), description).toEqual(LANGUAGES);
          for (const each of Object.values(described)) {
            expect(each.length).toBeLessThanOrEqual(100);
          }
        }
        for (const language of LANGUAGES) {
          const inLanguage = options.map((option) => option.name_localizations?.[language]);
          expect(new Set(inLanguage).size, `${name} in ${language}`).toBe(options.length);
        }
        options.forEach(check);
      };
      check(data as Worded);
    },
  );

  it('no two commands have one name in any language', () => {
    for (const language of LANGUAGES) {
      const names = COMMANDS.map(
        ({ data }) => (data as Worded).name_localizations?.[language] ?? data.name,
      );
      expect(new Set(names).size, language).toBe(COMMANDS.length);
    }
  });
});
