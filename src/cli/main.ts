/** The command line. Exit codes: 0 success, 1 an error for the user to fix, 2 wrong usage, 70 a bug in Slipway. */

import { version } from '../api/version.ts';
import { SlipwayError } from '../core/errors.ts';
import { nearest } from '../core/nearest.ts';
import { type Command, help, parse } from './command.ts';
import { createTerminal, type Terminal } from './terminal.ts';

/** The review alone: it reads templates, and the AWS clients of the other commands take longer to load than it runs. */
async function commandNamed(name: string): Promise<Command | undefined> {
  if (name === 'review') return (await import('./commands/review.ts')).review;
  return (await allCommands()).find((command) => command.name === name);
}

const allCommands = async (): Promise<readonly Command[]> => (await import('./commands/index.ts')).commands;

export async function main(argv: readonly string[]): Promise<number> {
  const terminal = createTerminal(process, process.env);
  process.stdout.on('error', stopWhenNobodyReads);
  const [name, ...rest] = argv;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const commands = await allCommands();
    const named = commands.find((command) => command.name === rest[0]);
    if (!named && name === 'help' && rest[0] !== undefined)
      return report(unknown(rest[0], commands), terminal);
    terminal.answer(named ? help(named) : overview(commands));
    return name === undefined ? 2 : 0;
  }
  if (name === '--version' || name === '-v') {
    terminal.answer(version());
    return 0;
  }
  try {
    const command = await commandNamed(name);
    if (!command) throw unknown(name, await allCommands());
    const args = parse(command, rest);
    if (args.flag('help')) {
      terminal.answer(help(command));
      return 0;
    }
    return await command.run(args, terminal);
  } catch (error) {
    return report(error, terminal);
  }
}

function unknown(name: string, commands: readonly Command[]): SlipwayError {
  const names = commands.map((command) => command.name);
  const near = nearest(name, names);
  return new SlipwayError('cli.usage', `there is no command "${name}"`, {
    fix: near
      ? `did you mean slipway ${near}? slipway --help says what each command does`
      : `the commands are ${names.join(', ')}; slipway --help says what they do`,
  });
}

/** The reader of a pipe may leave early, as `slipway logs | head` does. That is no error; a cloud runs on. */
function stopWhenNobodyReads(error: NodeJS.ErrnoException): void {
  const hostsCloud = process.listenerCount('SIGTERM') > 0;
  if (hostsCloud) return;
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
}

function report(error: unknown, terminal: Terminal): number {
  if (error instanceof SlipwayError && error.fault === 'user') {
    terminal.note(`${terminal.red('slipway:')} ${error.message}`);
    if (error.fix) terminal.note(`${terminal.bold('fix:')} ${error.fix}`);
    return error.code === 'cli.usage' ? 2 : 1;
  }
  terminal.note(
    `${terminal.red('slipway: this is a bug in Slipway')} (${version()}, Node.js ${process.versions.node})`,
  );
  terminal.note(error instanceof Error ? (error.stack ?? error.message) : String(error));
  terminal.note('Please report it with the command you ran and the lines above.');
  return 70;
}

function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map((c) => c.name.length)) + 2;
  return [
    'slipway <command>',
    '',
    'Runs AWS CDK apps and CloudFormation templates on this machine, with IAM enforced and without Docker or an AWS',
    'account. Reviews what they cost on AWS, and their security, capacity, recovery and readiness.',
    '',
    'Commands',
    ...commands.map((c) => `  ${c.name.padEnd(width)}${c.summary}`),
    '',
    'slipway <command> --help shows the options of a command.',
    'Exit codes: 0 success, 1 an error for you to fix, 2 wrong usage, 70 a bug in Slipway.',
    '',
  ].join('\n');
}
