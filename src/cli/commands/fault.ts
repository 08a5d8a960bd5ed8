import { formatDuration } from '../../core/duration.ts';
import { SlipwayError } from '../../core/errors.ts';
import { didYouMean } from '../../core/nearest.ts';
import type { FaultCount, FaultRule } from '../../local/edge/faults.ts';
import type { FaultRequest } from '../../local/fault-request.ts';
import type { Arguments, Command } from '../command.ts';
import { duration } from '../duration.ts';
import { defaultState, type RunningCloud, requireRunning, stateOption } from '../running.ts';
import type { Terminal } from '../terminal.ts';

export const fault: Command = {
  name: 'fault',
  summary: 'Make calls of AWS APIs in the local cloud fail or wait, to see how an app takes it.',
  usage: 'add|list|remove [<id>…]',
  details:
    'slipway fault add --service sqs --operation SendMessage --error ServiceUnavailable --rate 0.2\nslipway fault add --service dynamodb --resource orders --delay 2s\nslipway fault list\nslipway fault remove fault-1   (or --all)\n\nA fault hits calls of clients, functions and tasks, and calls between services, after they were authorised; the first\nfault that hits a call decides. Faults end with the local cloud: they are not kept over a restart.',
  options: {
    service: {
      type: 'string',
      value: 'ID',
      help: 'as in an IAM action: sqs, dynamodb, s3 (default any)',
      values: { from: 'services' },
    },
    operation: { type: 'string', value: 'NAME', help: 'as in the API: SendMessage (default any)' },
    resource: {
      type: 'string',
      value: 'PATTERN',
      help: 'an ARN, or the name that stands last in one; * is any run of characters (default any)',
      values: { from: 'resources' },
    },
    rate: {
      type: 'string',
      value: 'SHARE',
      help: 'share of the calls that are hit, such as 0.1 or 10% (default 1)',
    },
    seed: {
      type: 'string',
      value: 'N',
      help: 'the same seed hits the same ones of a row of calls (default random)',
    },
    delay: { type: 'string', value: 'DURATION', help: 'how long a hit call waits first: 500ms, 2s' },
    error: { type: 'string', value: 'CODE', help: 'what a hit call is answered: ThrottlingException' },
    message: {
      type: 'string',
      value: 'TEXT',
      help: "the error's message (default says that it was injected)",
    },
    status: {
      type: 'string',
      value: 'N',
      help: "the error's HTTP status (default by the code: 400, 500 or 503)",
    },
    id: {
      type: 'string',
      value: 'ID',
      help: 'what the fault is called; one of that name is replaced (default fault-1, fault-2, …)',
    },
    all: { type: 'boolean', help: 'with remove: all of them' },
    state: stateOption,
    json: { type: 'boolean', help: 'print one JSON object on stdout' },
  },
  positionals: { min: 1, max: 100, values: [{ oneOf: ['add', 'list', 'remove'] }, { from: 'faults' }] },
  async run(args, terminal) {
    const [action, ...ids] = args.positionals;
    if (action === 'add' && ids.length === 0)
      return add(requestOf(args), await connect(args), args, terminal);
    if (action === 'list' && ids.length === 0) return list(await connect(args), args, terminal);
    if (action === 'remove') {
      if ((ids.length === 0) !== args.flag('all'))
        throw new SlipwayError('cli.usage', 'remove takes the ids of faults, or --all', {
          fix: 'slipway fault list shows the ids',
        });
      return remove(ids, await connect(args), args, terminal);
    }
    throw new SlipwayError('cli.usage', `fault ${action} takes no ids, got ${ids.join(' ')}`, {
      fix: 'slipway fault --help shows examples',
    });
  },
};

const connect = (args: Arguments) => requireRunning(args.text('state') ?? defaultState);

const listed = async (running: RunningCloud) =>
  (await running.control<{ faults: readonly FaultCount[] }>('GET', 'faults')).faults;

function requestOf(args: Arguments): Partial<FaultRequest> {
  const given = <Name extends string>(name: Name) => {
    const text = args.text(name);
    return text === undefined ? {} : ({ [name]: text } as { readonly [N in Name]: string });
  };
  const rate = args.text('rate');
  const seed = args.integer('seed', { min: 0, max: Number.MAX_SAFE_INTEGER });
  const delay = args.text('delay');
  const code = args.text('error');
  const message = args.text('message');
  const status = args.integer('status', { min: 400, max: 599 });
  if (code === undefined && (message !== undefined || status !== undefined))
    throw new SlipwayError('cli.usage', '--message and --status belong to an error, and there is no --error');
  return {
    ...given('id'),
    ...given('service'),
    ...given('operation'),
    ...given('resource'),
    ...(rate === undefined ? {} : { rate: share(rate) }),
    ...(seed === undefined ? {} : { seed }),
    ...(delay === undefined ? {} : { delayMs: duration('--delay', delay) }),
    ...(code === undefined
      ? {}
      : {
          error: {
            code,
            ...(message === undefined ? {} : { message }),
            ...(status === undefined ? {} : { status }),
          },
        }),
  };
}

function share(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(%?)$/.exec(text);
  if (match) return Number(match[1]) / (match[2] ? 100 : 1);
  throw new SlipwayError('cli.usage', `--rate takes a share such as 0.1 or 10%, got ${text}`);
}

async function add(
  request: Partial<FaultRequest>,
  running: RunningCloud,
  args: Arguments,
  terminal: Terminal,
): Promise<number> {
  const { fault: added } = await running.control<{ fault: FaultRule }>('POST', 'faults', request);
  if (args.flag('json')) terminal.answer(JSON.stringify(added));
  else {
    terminal.answer(`${terminal.answers.bold(added.id)}  ${effect(added)}`);
    terminal.note(`slipway fault remove ${added.id} ends it`);
  }
  return 0;
}

async function list(running: RunningCloud, args: Arguments, terminal: Terminal): Promise<number> {
  const faults = await listed(running);
  if (args.flag('json')) terminal.answer(JSON.stringify({ faults }));
  else if (faults.length === 0) terminal.answer('no faults; slipway fault add --help shows how to add one');
  for (const one of args.flag('json') ? [] : faults)
    terminal.answer(
      `${terminal.answers.bold(one.id)}  ${effect(one)}; hit ${one.hit} of ${one.matched} matching calls so far`,
    );
  return 0;
}

async function remove(
  ids: readonly string[],
  running: RunningCloud,
  args: Arguments,
  terminal: Terminal,
): Promise<number> {
  const known = (await listed(running)).map(({ id }) => id);
  const unknown = ids.filter((id) => !known.includes(id));
  if (unknown.length > 0)
    throw new SlipwayError(
      'local.invalid',
      `there is no fault ${unknown.join(', ')}${didYouMean(unknown[0] ?? '', known)}`,
      {
        fix: 'slipway fault list shows them',
      },
    );
  const removed = args.flag('all') ? known : ids;
  for (const id of removed) await running.control('DELETE', `faults?id=${encodeURIComponent(id)}`);
  terminal.answer(
    args.flag('json') ? JSON.stringify({ removed }) : `removed ${removed.join(', ') || 'none'}`,
  );
  return 0;
}

/** `sqs:SendMessage on orders: 10 % of the calls wait 2 s and get 503 ServiceUnavailable (seed 7)` */
function effect({ service, operation, resource, rate, seed, delayMs, error }: FaultRule): string {
  const calls = `${service === '*' ? 'every service' : service}${operation === '*' ? '' : `:${operation}`}`;
  const effects = [
    ...(delayMs === undefined ? [] : [`wait ${formatDuration(delayMs / 1000)}`]),
    ...(error === undefined ? [] : [`get ${error.status} ${error.code}`]),
  ];
  const hit =
    rate === 1 ? 'all calls' : `${Number((rate * 100).toPrecision(6))} % of the calls (seed ${seed})`;
  return `${calls}${resource === '*' ? '' : ` on ${resource}`}: ${hit} ${effects.join(' and ')}`;
}
