import { resolve } from 'node:path';
import {
  CloudFormationClient,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import {
  DescribeServicesCommand,
  DescribeTasksCommand,
  ECSClient,
  ListClustersCommand,
  ListServicesCommand,
  ListTasksCommand,
} from '@aws-sdk/client-ecs';
import { clientConfig } from '../../api/cloud-access.ts';
import { placeName, type Scope } from '../../core/regions.ts';
import type { Failures } from '../../local/cloud/recorders.ts';
import type { FaultCount } from '../../local/edge/faults.ts';
import type { KeptEvent } from '../../local/event-log.ts';
import type { Command } from '../command.ts';
import { defaultState, findRunning, type RunningCloud, stateOption } from '../running.ts';
import { eventJson, showEvent } from '../show-event.ts';

export const status: Command = {
  name: 'status',
  summary: 'Show stacks with their outputs, services with their tasks, and the last warnings and errors.',
  usage: '',
  options: { state: stateOption, json: { type: 'boolean', help: 'print one JSON object on stdout' } },
  positionals: { min: 0, max: 0 },
  async run(args, terminal) {
    const stateDirectory = args.text('state') ?? defaultState;
    const running = await findRunning(stateDirectory);
    if (!running) {
      if (args.flag('json')) terminal.answer(JSON.stringify({ running: false }));
      else terminal.answer(`no local cloud runs on ${resolve(stateDirectory)}`);
      return 1;
    }
    const [stacks, services, { events }, { faults }, failures, runDeprecatedAs] = await Promise.all([
      stacksOf(running),
      servicesOf(running),
      running.control<{ events: readonly KeptEvent[] }>('GET', 'events/newest?limit=5&minSeverity=warning'),
      running.control<{ faults: readonly FaultCount[] }>('GET', 'faults'),
      running.control<Failures>('GET', 'failures'),
      running.runDeprecatedAs(),
    ]);
    if (args.flag('json')) {
      const { pid, endpoint, region, accountId } = running;
      terminal.answer(
        JSON.stringify(
          {
            running: true,
            pid,
            endpoint,
            region,
            accountId,
            stacks,
            services,
            faults,
            runDeprecatedAs,
            failures,
            events: events.map(eventJson),
          },
          null,
          2,
        ),
      );
      return 0;
    }
    terminal.answer(
      `local cloud on ${running.endpoint} (process ${running.pid}, account ${running.accountId}, ${running.region})`,
    );
    for (const stack of stacks) {
      terminal.answer(`\n${terminal.bold(stack.name)}${inPlace(stack, running)}  ${stack.status}`);
      const width = Math.max(0, ...Object.keys(stack.outputs).map((key) => key.length)) + 2;
      for (const [key, value] of Object.entries(stack.outputs))
        terminal.answer(`  ${key.padEnd(width)}${value}`);
      for (const one of stack.waitsFor ?? []) terminal.answer(`  waits for ${one}`);
    }
    if (stacks.length === 0) terminal.answer('no stack is deployed; slipway up <folder> deploys an app');
    for (const service of services)
      terminal.answer(
        `\nservice ${service.name}${inPlace(service, running)}  ${service.status}  ${service.running} of ${service.desired} tasks run, ${service.pending} pending${service.lastStopped ? `\n  the last task stopped: ${service.lastStopped}` : ''}`,
      );
    if (faults.length > 0)
      terminal.answer(
        `\ninjected faults: ${faults.length}; slipway fault list shows what they do, slipway fault remove --all ends them`,
      );
    if (runDeprecatedAs.length > 0)
      terminal.answer(
        `\nfunctions of runtimes that AWS takes no longer run on ${runDeprecatedAs.join(', ')}`,
      );
    if (failures.last)
      terminal.answer(
        `\nSlipway itself failed ${failures.count} times since it started, and went on; last at ${new Date(failures.last.time).toISOString()}, ${failures.last.what}: ${failures.last.error.split('\n', 1)[0]}`,
      );
    if (events.length > 0)
      terminal.answer('\nthe last warnings and errors (slipway events shows all events)');
    for (const event of events)
      terminal.answer(`  ${new Date(event.time).toISOString()} ${showEvent(event, terminal.answers)}`);
    return 0;
  },
};

const inPlace = (scope: Scope, usual: Scope): string => {
  const name = placeName(scope, usual);
  return name === undefined ? '' : ` in ${name}`;
};

/** Of all accounts and regions, in which the service is used. */
async function everywhere<T>(
  running: RunningCloud,
  service: string,
  find: (config: ReturnType<typeof clientConfig>, scope: Scope) => Promise<readonly T[]>,
): Promise<T[]> {
  const scopes = await running.scopes(service);
  const found = await Promise.all(scopes.map((scope) => find(clientConfig(running, scope), scope)));
  return found.flat();
}

const stacksOf = (running: RunningCloud) =>
  everywhere(running, 'cloudformation', async (config, scope) => {
    const cloudformation = new CloudFormationClient(config);
    const { Stacks = [] } = await cloudformation.send(new DescribeStacksCommand({}));
    return Promise.all(
      Stacks.map(async ({ StackId, StackName: name = '', StackStatus: status = '', Outputs = [] }) => ({
        name,
        ...scope,
        status,
        outputs: Object.fromEntries(
          Outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
        ),
        ...(status.endsWith('_IN_PROGRESS') ? { waitsFor: await waitsFor(cloudformation, StackId) } : {}),
      })),
    );
  });

const servicesOf = (running: RunningCloud) =>
  everywhere(running, 'ecs', (config, scope) => servicesIn(new ECSClient(config), scope));

async function servicesIn(ecs: ECSClient, scope: Scope) {
  const { clusterArns = [] } = await ecs.send(new ListClustersCommand({}));
  const found = [];
  for (const cluster of clusterArns) {
    const { serviceArns = [] } = await ecs.send(new ListServicesCommand({ cluster }));
    if (serviceArns.length === 0) continue;
    const { services = [] } = await ecs.send(new DescribeServicesCommand({ cluster, services: serviceArns }));
    for (const service of services) {
      const { desiredCount: desired = 0, runningCount = 0 } = service;
      const lastStopped =
        runningCount < desired ? await lastStop(ecs, cluster, service.serviceName) : undefined;
      found.push({
        name: service.serviceName ?? '',
        ...scope,
        status: service.status ?? '',
        desired,
        running: runningCount,
        pending: service.pendingCount ?? 0,
        ...(lastStopped ? { lastStopped } : {}),
      });
    }
  }
  return found;
}

/** Why the task that stopped last did. */
async function lastStop(ecs: ECSClient, cluster: string, serviceName: string | undefined) {
  const { taskArns: tasks = [] } = await ecs.send(
    new ListTasksCommand({ cluster, serviceName, desiredStatus: 'STOPPED' }),
  );
  if (tasks.length === 0) return undefined;
  const described = await ecs.send(new DescribeTasksCommand({ cluster, tasks }));
  const last = (described.tasks ?? []).reduce((a, b) =>
    a.stoppedAt && b.stoppedAt && a.stoppedAt > b.stoppedAt ? a : b,
  );
  const exits = (last.containers ?? []).flatMap(({ name, exitCode, reason }) =>
    exitCode === undefined && !reason ? [] : [`${name}: ${reason ?? `exit code ${exitCode}`}`],
  );
  return [last.stoppedReason, ...exits].filter(Boolean).join('; ');
}

/** What a stack that is under way waits for, as far as its resources have said. */
async function waitsFor(
  cloudformation: CloudFormationClient,
  StackName: string | undefined,
): Promise<string[]> {
  const { StackEvents = [] } = await cloudformation.send(new DescribeStackEventsCommand({ StackName }));
  const seen = new Set<string>();
  return StackEvents.flatMap((event) => {
    const { LogicalResourceId: id = '', ResourceStatus: status, ResourceStatusReason: reason } = event;
    if (seen.has(id) || event.PhysicalResourceId === event.StackId) return [];
    seen.add(id);
    return status?.endsWith('_IN_PROGRESS') ? [`${id} (${event.ResourceType}): ${reason ?? status}`] : [];
  });
}
