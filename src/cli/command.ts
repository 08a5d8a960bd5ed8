/** What a command of the command line is, and how its help is printed. */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { SlipwayError } from '../core/errors.ts';
import type { Terminal } from './terminal.ts';

interface Option {
  readonly type: 'string' | 'boolean';
  /** Shown after the name, e.g. `DIR`. */
  readonly value?: string;
  readonly help: string;
  /** It may be given more than once. */
  readonly multiple?: true;
}

export interface Arguments {
  readonly positionals: readonly string[];
  text(name: string): string | undefined;
  /** Of an option that may be given more than once. */
  texts(name: string): readonly string[];
  flag(name: string): boolean;
  /** @throws SlipwayError cli.usage when it is not a whole number in range */
  integer(name: string, range: { readonly min: number; readonly max: number }): number | undefined;
}

export interface Command {
  readonly name: string;
  /** One line, for the list of commands. */
  readonly summary: string;
  /** After `slipway <name>`, e.g. `<folder>`. */
  readonly usage: string;
  readonly details?: string;
  readonly options: Readonly<Record<string, Option>>;
  readonly positionals: { readonly min: number; readonly max: number };
  /** @returns the exit code */
  run(args: Arguments, terminal: Terminal): Promise<number>;
}

/** Options every command has. */
const common: Readonly<Record<string, Option>> = { help: { type: 'boolean', help: 'show this help' } };

export function parse(command: Command, argv: readonly string[]): Arguments {
  const options = { ...command.options, ...common };
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({
      args: [...argv],
      options: Object.fromEntries(
        Object.entries(options).map(([name, { type, multiple = false }]) => [
          name,
          name === 'help' ? { type, short: 'h' } : { type, multiple },
        ]),
      ) as NonNullable<ParseArgsConfig['options']>,
      allowPositionals: true,
    });
  } catch (error) {
    throw usage(command, (error as Error).message.split('. ')[0] ?? '');
  }
  const values = parsed.values as Record<string, string | boolean | string[] | undefined>;
  const { positionals } = parsed;
  const { min, max } = command.positionals;
  if (values.help !== true && (positionals.length < min || positionals.length > max))
    throw usage(
      command,
      `expected ${command.usage || 'no arguments'}, got ${positionals.length === 0 ? 'nothing' : positionals.join(' ')}`,
    );
  return {
    positionals,
    text: (name) => values[name] as string | undefined,
    texts: (name) => (values[name] ?? []) as string[],
    flag: (name) => values[name] === true,
    integer(name, range) {
      const text = values[name] as string | undefined;
      if (text === undefined) return undefined;
      const number = Number(text);
      if (!Number.isInteger(number) || number < range.min || number > range.max)
        throw usage(
          command,
          `--${name} takes a whole number ${range.max === Number.MAX_SAFE_INTEGER ? `of ${range.min} or more` : `from ${range.min} to ${range.max}`}, got ${text}`,
        );
      return number;
    },
  };
}

const usage = (command: Command, problem: string) =>
  new SlipwayError('cli.usage', problem, { fix: `slipway ${command.name} --help shows what it takes` });

export function help(command: Command): string {
  const options = Object.entries({ ...command.options, ...common });
  const left = options.map(([name, { value }]) => `--${name}${value ? ` ${value}` : ''}`);
  const width = Math.max(...left.map((text) => text.length)) + 2;
  return [
    `slipway ${command.name} ${command.usage}`.trimEnd(),
    '',
    command.summary,
    ...(command.details ? ['', command.details] : []),
    '',
    'Options',
    ...options.map(([, option], i) => `  ${(left[i] ?? '').padEnd(width)}${option.help}`),
    '',
  ].join('\n');
}
