/** The command line. Exit codes: 0 done, 1 yours to mend, 2 usage, 70 a bug of Slipway. */
import { SlipwayError } from '../core/errors.ts';
import { type Command, help, parse } from './command.ts';
import { bill } from './commands/bill.ts';
import { down } from './commands/down.ts';
import { local } from './commands/local.ts';
import { logs } from './commands/logs.ts';
import { prices } from './commands/prices.ts';
import { review } from './commands/review.ts';
import { status } from './commands/status.ts';
import { up } from './commands/up.ts';
import { createTerminal, type Terminal } from './terminal.ts';
import { version } from './version.ts';

export const commands: readonly Command[] = [up, local, status, logs, down, review, bill, prices];

export async function main(argv: readonly string[]): Promise<number> {
  const terminal = createTerminal(process, process.env);
  const [name, ...rest] = argv;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const named = commands.find((command) => command.name === rest[0]);
    terminal.answer(named ? help(named) : overview());
    return name === undefined ? 2 : 0;
  }
  if (name === '--version' || name === '-v') {
    terminal.answer(version());
    return 0;
  }
  const command = commands.find((candidate) => candidate.name === name);
  try {
    if (!command)
      throw new SlipwayError('cli.usage', `there is no command "${name}"`, {
        fix: `the commands are ${commands.map((c) => c.name).join(', ')}; slipway --help says what they do`,
      });
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

function overview(): string {
  const width = Math.max(...commands.map((c) => c.name.length)) + 2;
  return [
    'slipway <command>',
    '',
    'Runs AWS CDK apps and CloudFormation templates on this machine (IAM enforced, no Docker, no account), and says',
    'what they will cost, whether they are safe, hold the load, and can come back.',
    '',
    'Commands',
    ...commands.map((c) => `  ${c.name.padEnd(width)}${c.summary}`),
    '',
    'slipway <command> --help shows the options of one. Exit codes: 0 done, 1 yours to mend, 2 usage, 70 our bug.',
    '',
  ].join('\n');
}
