/** Functions: https://aws.amazon.com/lambda/pricing/ */
import {
  hasOwnLogs,
  isDeploymentMachinery,
  type Resource,
  standsFor,
  textAt,
  valueAt,
} from '../../../architecture/index.ts';
import { constant, isZero, times } from '../amount.ts';
import { arrivalsOf, workNamedAt } from '../flow/arrivals.ts';
import { hoursPerMonth } from '../prices/index.ts';
import { logLines } from './logs.ts';
import { assumption, freeOfCharge, type Item, line, type Pricer } from './model.ts';
import { read } from './properties.ts';
import { derived, each, monthly, oncePerUse, sumOf } from './questions.ts';

const page = 'https://aws.amazon.com/lambda/pricing/';

export const lambdaFunction: Pricer = {
  types: ['AWS::Lambda::Function', 'AWS::Serverless::Function'],
  work: 'invocations',
  questions: (fn) => [
    monthly('invocations', 'Calls of this function', 'call', (flow) => {
      if (isDeploymentMachinery(flow.app, fn))
        return derived(constant(0, 'call'), 'it runs only when the stack is deployed');
      const arrivals = arrivalsOf(fn, flow);
      if (arrivals.length === 0) {
        const answer = oncePerUse('call', flow);
        return { ...answer, because: `nothing in the template sets it off: ${answer.because}` };
      }
      return sumOf(arrivals, 'call', 'set off by');
    }),
    each('seconds', 'How long a call takes, billed', 'second', 0.2, 'a call or two to other services'),
  ],
  items: (fn, flow) => {
    const { number, missing } = read(fn);
    const items: Item[] = [];
    const memory = number('MemorySize', 128);
    const storage = number('EphemeralStorage.Size', 512);
    const architecture = textAt(fn.properties, 'Architectures.0');
    const suffix = architecture === 'arm64' ? '.arm64' : '';
    const calls = flow.of(fn, 'invocations');
    if (isZero(calls) && isDeploymentMachinery(flow.app, fn))
      return [freeOfCharge('it runs only when the stack is deployed', page), ...missing];
    items.push(line(`lambda.requests${suffix}`, calls));
    const running = times(calls, flow.of(fn, 'seconds'));
    if (memory !== undefined)
      items.push(line(`lambda.duration${suffix}`, times(running, memory / 1024, `${memory / 1024} GB`)));
    // 512 MB are included.
    if (storage !== undefined && storage > 512)
      items.push(
        line(
          `lambda.ephemeral-storage${suffix}`,
          times(running, (storage - 512) / 1024, `${(storage - 512) / 1024} GB of storage`),
        ),
      );
    return [...items, ...missing, ...implicitLogs(fn, flow)];
  },
};

/** Without a log group of its own in the template, Lambda makes one that keeps everything for ever. */
function implicitLogs(fn: Resource, flow: Parameters<Pricer['items']>[1]): readonly Item[] {
  if (hasOwnLogs(flow.app, fn)) return [];
  return [
    ...logLines(times(flow.of(fn, 'invocations'), 1, '1 KB'), 12, 'functions', 'its own log group'),
    assumption(
      'Logs of this function',
      '1 KB a call, kept for 12 months',
      'it has no log group in the template, so Lambda makes one that never expires',
    ),
  ];
}

export const lambdaConcurrency: Pricer = {
  types: ['AWS::Lambda::Version', 'AWS::Lambda::Alias'],
  items: (version, flow) => {
    const { number, missing } = read(version);
    const count = number('ProvisionedConcurrencyConfig.ProvisionedConcurrentExecutions', 0);
    if (count === undefined) return missing;
    if (count === 0)
      return [freeOfCharge('a version or alias costs nothing; calls are counted with the function', page)];
    const fn = standsFor(flow.app, version);
    const settings = read(fn);
    const memory = fn === version ? undefined : settings.number('MemorySize', 128);
    if (memory === undefined) return [...settings.missing, ...missing];
    const suffix = textAt(fn.properties, 'Architectures.0') === 'arm64' ? '.arm64' : '';
    const seconds = constant(count * hoursPerMonth * 3600, 'second');
    return [
      line(`lambda.provisioned-concurrency${suffix}`, times(seconds, memory / 1024, `${memory / 1024} GB`), {
        note: `${count} environments kept ready all month`,
      }),
    ];
  },
};

export const eventSource: Pricer = {
  types: ['AWS::Lambda::EventSourceMapping'],
  work: 'batches',
  questions: (mapping) => [
    monthly('batches', 'Calls that this event source makes', 'call', (flow) => {
      const source = workNamedAt(mapping, 'EventSourceArn', flow);
      if (source === undefined) return oncePerUse('call', flow);
      return derived(
        source.amount,
        `one call for each item of ${source.of.name}: batches are full only under load`,
      );
    }),
  ],
  items: (mapping) => {
    const { flag, missing } = read(mapping);
    const provisioned = valueAt(mapping.properties, 'ProvisionedPollerConfig');
    if (provisioned !== undefined && flag('Enabled', true) === true)
      return [line('lambda.event-poller-units', constant(hoursPerMonth, 'hour')), ...missing];
    return [freeOfCharge('polling is paid by the source’s requests and the function’s calls', page)];
  },
};
