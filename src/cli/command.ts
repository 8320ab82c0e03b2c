import type { Command } from 'commander';
import { readConfig, type Config } from '../config.js';
import { escapedJson } from './visible.js';

/** Where a command writes. Results go to `out`, messages and progress to `err`. */
export interface Output {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Standard output is a terminal. */
  readonly terminal: boolean;
  /** Standard error is a terminal. */
  readonly errTerminal: boolean;
  readonly columns: number;
}

/** What every command is given. */
export interface Context {
  readonly output: Output;
  readonly input: NodeJS.ReadStream;
  /** Sets the exit code of a command that ended, but fell short. */
  readonly fellShort: () => void;
  /** The same of one that did its work, but for input that it had to set aside. */
  readonly someSetAside: () => void;
}

/** One object a command: it adds itself to the program. */
export interface CliCommand {
  readonly add: (program: Command, context: Context) => void;
}

/** The options that every command with an index has. */
export interface IndexOptions {
  readonly index?: string;
}

/** The configuration of the environment, with the index folder of the command line. */
export function configOf(options: IndexOptions): Config {
  const config = readConfig();
  return options.index === undefined ? config : { ...config, index: options.index };
}

/** A command's frame: its name, its description and the option that names the index. */
export function indexCommand(program: Command, name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .option('--index <folder>', 'the index folder (default: index/default, or PILCROW_INDEX)');
}

/** One JSON value on a line of its own. */
export function json(value: unknown): string {
  return `${escapedJson(JSON.stringify(value))}\n`;
}
