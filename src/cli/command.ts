/** What a command of the command line is, and how its help is printed. */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { SlipwayError } from '../core/errors.ts';
import { reasonOf } from '../core/events.ts';
import { nearest } from '../core/nearest.ts';
import type { Terminal } from './terminal.ts';

/** What a value may be: one of a list (or several, with commas), or what only files and the running cloud know. */
export type Values =
  | { readonly oneOf: readonly string[]; readonly many?: true }
  | { readonly from: 'files' | 'log groups' | 'faults' | 'services' | 'resources' };

export interface Option {
  readonly type: 'string' | 'boolean';
  /** Shown after the name, e.g. `DIR`. */
  readonly value?: string;
  readonly help: string;
  /** It may be given more than once. */
  readonly multiple?: true;
  readonly values?: Values;
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
  readonly positionals: {
    readonly min: number;
    readonly max: number;
    /** By place; the last stands for the rest. */
    readonly values?: readonly (Values | undefined)[];
  };
  /** @returns the exit code */
  run(args: Arguments, terminal: Terminal): Promise<number>;
}

/** Options every command has. */
export const common: Readonly<Record<string, Option>> = { help: { type: 'boolean', help: 'show this help' } };

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
    throw misunderstood(command, error, Object.keys(options));
  }
  const values = parsed.values as Record<string, string | boolean | string[] | undefined>;
  const { positionals } = parsed;
  const { min, max } = command.positionals;
  if (values.help !== true && (positionals.length < min || positionals.length > max))
    throw usage(
      command,
      `expected ${command.usage || 'no arguments'}, got ${positionals.length === 0 ? 'nothing' : positionals.join(' ')}`,
    );
  for (const [name, { values: allowed }] of Object.entries(options))
    refuseOthers(command, `--${name}`, values[name], allowed);
  for (const [place, text] of positionals.entries())
    refuseOthers(command, command.name, text, valuesAt(command, place));
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

export const valuesAt = ({ positionals: { values = [] } }: Command, place: number): Values | undefined =>
  values[Math.min(place, values.length - 1)];

/** Node says it in its own words; only the name is taken from them. */
function misunderstood(command: Command, error: unknown, names: readonly string[]): SlipwayError {
  const said = reasonOf(error).split('. ')[0] ?? '';
  const [, unknown] = /^Unknown option '--?([^']+)'/.exec(said) ?? [];
  const near = unknown === undefined ? undefined : nearest(unknown, names);
  return usage(command, said, near && `did you mean --${near}?`);
}

function refuseOthers(
  command: Command,
  what: string,
  text: string | boolean | string[] | undefined,
  values: Values | undefined,
): void {
  if (typeof text !== 'string' || values === undefined || !('oneOf' in values)) return;
  const { oneOf, many } = values;
  const wrong = (many ? text.split(',') : [text]).find((one) => !oneOf.includes(one.trim()));
  if (wrong === undefined) return;
  const near = nearest(wrong, oneOf);
  throw usage(
    command,
    `${what} takes ${oneOf.join(', ')}, got ${wrong || 'nothing'}`,
    near && `did you mean ${near}?`,
  );
}

const usage = (command: Command, problem: string, near?: string) => {
  const help = `slipway ${command.name} --help shows what it takes`;
  return new SlipwayError('cli.usage', problem, { fix: near ? `${near} ${help}` : help });
};

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
