#!/usr/bin/env node
import { isatty } from 'node:tty';
import { Command, CommanderError } from 'commander';
import pc from 'picocolors';
import { forbidTelemetry, loadEnvFile, versionOf } from '../config.js';
import { diskTrouble, EXIT, messageOf, PilcrowError, type ExitCode } from '../errors.js';
import { askCommand } from './ask.js';
import { backupCommand, removeCommand, restoreCommand } from './backup.js';
import { botCommand } from './bot.js';
import { cableCommand } from './cable.js';
import { checkCommand } from './check.js';
import { chatCommand } from './chat.js';
import type { CliCommand, Context } from './command.js';
import { deployCommand } from './deploy.js';
import { dossierCommand } from './dossier.js';
import { doctorCommand } from './doctor.js';
import { embedCommand } from './embed.js';
import { evalCommand } from './eval.js';
import { exportCommand } from './export.js';
import { feedbackCommand } from './feedback.js';
import { ingestCommand } from './ingest.js';
import { lookUpCommands } from './look-ups.js';
import { parseCommand } from './parse.js';
import { quoteCommand } from './quote.js';
import { reindexCommand } from './reindex.js';
import { startCommand } from './start.js';
import { statsCommand } from './stats.js';
import { verifyCommand } from './verify.js';
import { printable, visible } from './visible.js';

const COMMANDS: readonly CliCommand[] = [
  ingestCommand,
  askCommand,
  chatCommand,
  cableCommand,
  quoteCommand,
  parseCommand,
  exportCommand,
  evalCommand,
  ...lookUpCommands,
  verifyCommand,
  checkCommand,
  dossierCommand,
  statsCommand,
  doctorCommand,
  reindexCommand,
  embedCommand,
  removeCommand,
  backupCommand,
  restoreCommand,
  startCommand,
  botCommand,
  deployCommand,
  feedbackCommand,
];

const NARROWEST = 40;

/** Runs the command line; returns its exit code. */
async function main(argv: readonly string[]): Promise<number> {
  let exit: ExitCode = EXIT.done;
  const coloured = isatty(1) && pc.isColorSupported;
  const context: Context = {
    output: {
      out: (text) => process.stdout.write(coloured ? printable(text) : visible(text)),
      err: (text) => process.stderr.write(visible(text)),
      terminal: isatty(1),
      errTerminal: isatty(2),
      columns: Math.max(process.stdout.columns || 80, NARROWEST),
    },
    input: process.stdin,
    fellShort: () => {
      exit = EXIT.notFound;
    },
    someSetAside: () => {
      exit = EXIT.someSetAside;
    },
  };
  const program = new Command('pilcrow')
    .description('Answers questions over diplomatic cables by quoting the paragraphs that answer.')
    .version(versionOf())
    .option('--debug', 'print the stack of an error')
    .configureOutput({
      writeOut: context.output.out,
      writeErr: context.output.err,
    })
    .exitOverride();
  for (const command of COMMANDS) command.add(program, context);
  for (const command of program.commands) command.option('--debug', 'print the stack of an error');
  try {
    loadEnvFile();
    await program.parseAsync(argv);
    return exit;
  } catch (error) {
    return report(error, argv.includes('--debug'));
  }
}

/** One line on standard error, or a stack where --debug asks for it; returns the exit code. */
function report(error: unknown, debug: boolean): number {
  if (error instanceof CommanderError) {
    // Commander has printed its line; help and version are no errors.
    return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  }
  if (debug && error instanceof Error)
    process.stderr.write(visible(`${error.stack ?? error.message}\n`));
  const told = error instanceof PilcrowError ? error : diskTrouble(error);
  if (told !== null) {
    process.stderr.write(visible(`pilcrow: ${messageOf(told)}\n`));
    return told.exit;
  }
  process.stderr.write(
    visible(`pilcrow: unexpected error: ${messageOf(error)}; run it again with --debug\n`),
  );
  return EXIT.notFound;
}

// A reader that has seen enough (`| head`) closes the pipe: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.done);
  process.stderr.write(`pilcrow: cannot write to standard output: ${messageOf(error)}\n`);
  process.exit(EXIT.notFound);
});

forbidTelemetry();
process.exitCode = await main(process.argv);
