import pc from 'picocolors';
import { examine } from '../doctor/checks.js';
import { engineOf } from '../open.js';
import { EXIT, PilcrowError } from '../errors.js';
import { configOf, indexCommand, json, type CliCommand, type IndexOptions } from './command.js';

export const doctorCommand: CliCommand = {
  add(program, { output }) {
    indexCommand(program, 'doctor', 'check every part: environment, model, index, quotes')
      .option('--json', 'print the checks as JSON')
      .action(async (options: IndexOptions & { json?: true }) => {
        const colours = pc.createColors(output.terminal && pc.isColorSupported);
        const config = configOf(options);
        const checks = await examine(config, engineOf(config), process.version);
        const failed = checks.filter((check) => !check.ok);
        if (options.json) output.out(json({ ok: failed.length === 0, checks }));
        else {
          for (const { name, ok, detail, todo } of checks) {
            const sign = ok ? colours.green('ok  ') : colours.red('FAIL');
            output.out(`${sign} ${name}: ${detail}${todo === null ? '' : `; ${todo}`}\n`);
          }
        }
        if (failed.length > 0) {
          const names = failed.map((check) => check.name).join(', ');
          const ofIndex = failed.some((check) => !['node', 'discord token'].includes(check.name));
          throw new PilcrowError(
            'UNWELL',
            { what: `not well: ${names}`, todo: 'each line says what to do' },
            ofIndex ? EXIT.index : EXIT.usage,
          );
        }
      });
  },
};
