/**
 * `npm run --silent detect -w room-detection -- plan.json`: rooms of a plan file as JSON on standard output.
 * Errors go to standard error; exit code 1 for a plan that is wrong, 2 for wrong usage.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type DetectOptions, detectRooms, PlanError, parsePlan } from '../rooms/index.ts';

const USAGE = `Usage: npm run --silent detect -w room-detection -- [options] <plan.json | ->

Finds the rooms of a floor plan {"walls":[{"type":"line","start":[x,y],"end":[x,y]}, …]} and prints them as JSON.

  <plan.json>          the plan; - reads it from standard input
  --tolerance <d>      join ends that miss each other by up to d (default: from the plan's scale)
  --bridge-gaps <d>    carry loose walls on over gaps of up to d, such as doors (default: small gaps only)
  --thick-walls <as>   wall (default) or room: what the space between the two faces of a thick wall is
  --max-walls <n>      refuse plans with more walls (default 2000000)
  --pretty             indent the output
  --help               this text

Lengths are in the plan's own unit. Exit codes: 0 found, 1 the plan is wrong, 2 the command line is wrong.
`;

class UsageError extends Error {}

interface Command {
  readonly file: string;
  readonly options: DetectOptions;
  readonly pretty: boolean;
}

function readCommand(args: string[]): Command | 'help' {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      tolerance: { type: 'string' },
      'bridge-gaps': { type: 'string' },
      'thick-walls': { type: 'string' },
      'max-walls': { type: 'string' },
      pretty: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const [file, ...more] = positionals;
  if (file === undefined) throw new UsageError('no plan file given');
  if (more.length > 0) throw new UsageError(`one plan at a time, got ${positionals.join(' ')}`);
  const thick = values['thick-walls'];
  if (thick !== undefined && thick !== 'wall' && thick !== 'room') {
    throw new UsageError(`--thick-walls: expected wall or room, got ${thick}`);
  }
  const options: DetectOptions = {
    tolerance: length('--tolerance', values.tolerance),
    bridgeGaps: length('--bridge-gaps', values['bridge-gaps']),
    thickWalls: thick,
    maxWalls: length('--max-walls', values['max-walls']),
  };
  return { file, options, pretty: values.pretty };
}

function length(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) {
    throw new UsageError(`${name}: expected a number of 0 or more, got ${text}`);
  }
  return value;
}

/** npm runs scripts in the workspace's folder; a relative path means the folder the user is in, or else that one. */
function whereIs(file: string): string {
  const here = resolve(process.env.INIT_CWD ?? process.cwd(), file);
  return !existsSync(here) && existsSync(resolve(file)) ? resolve(file) : here;
}

function readPlan(file: string): unknown {
  const path = file === '-' ? 0 : whereIs(file);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new PlanError('plan.not-an-object', file, `cannot be read: ${messageOf(error)}`);
  }
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return value;
  } catch (error) {
    throw new PlanError('plan.not-an-object', file, `is not JSON: ${messageOf(error)}`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function main(args: string[]): number {
  let command: Command | 'help';
  try {
    command = readCommand(args);
  } catch (error) {
    process.stderr.write(`detect: ${messageOf(error)}\n\n${USAGE}`);
    return 2;
  }
  if (command === 'help') {
    process.stdout.write(USAGE);
    return 0;
  }
  try {
    const walls = parsePlan(readPlan(command.file), { maxWalls: command.options.maxWalls });
    const detection = detectRooms(walls, command.options);
    process.stdout.write(`${JSON.stringify(detection, null, command.pretty ? 2 : 0)}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof PlanError)) throw error;
    process.stderr.write(`detect: ${error.message}\n`);
    return 1;
  }
}

process.exitCode = main(process.argv.slice(2));
