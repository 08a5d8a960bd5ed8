import { resolve } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  DescribeServicesCommand,
  ECSClient,
  ListClustersCommand,
  ListServicesCommand,
} from '@aws-sdk/client-ecs';
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
    const [stacks, services, { events }, { faults }, failures] = await Promise.all([
      stacksOf(running),
      servicesOf(running),
      running.control<{ events: readonly KeptEvent[] }>('GET', 'events/newest?limit=5&minSeverity=warning'),
      running.control<{ faults: readonly FaultCount[] }>('GET', 'faults'),
      running.control<Failures>('GET', 'failures'),
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
      terminal.answer(`\n${terminal.bold(stack.name)}  ${stack.status}`);
      const width = Math.max(0, ...Object.keys(stack.outputs).map((key) => key.length)) + 2;
      for (const [key, value] of Object.entries(stack.outputs))
        terminal.answer(`  ${key.padEnd(width)}${value}`);
    }
    if (stacks.length === 0) terminal.answer('no stack is deployed; slipway up <folder> deploys an app');
    for (const service of services)
      terminal.answer(
        `\nservice ${service.name}  ${service.status}  ${service.running} of ${service.desired} tasks run, ${service.pending} pending`,
      );
    if (faults.length > 0)
      terminal.answer(
        `\ninjected faults: ${faults.length}; slipway fault list shows what they do, slipway fault remove --all ends them`,
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

async function stacksOf(running: RunningCloud) {
  const { Stacks } = await new CloudFormationClient(running).send(new DescribeStacksCommand({}));
  return (Stacks ?? []).map((stack) => ({
    name: stack.StackName ?? '',
    status: stack.StackStatus ?? '',
    outputs: Object.fromEntries(
      (stack.Outputs ?? []).map((output) => [output.OutputKey ?? '', output.OutputValue ?? '']),
    ),
  }));
}

async function servicesOf(running: RunningCloud) {
  const ecs = new ECSClient(running);
  const { clusterArns = [] } = await ecs.send(new ListClustersCommand({}));
  const found = [];
  for (const cluster of clusterArns) {
    const { serviceArns = [] } = await ecs.send(new ListServicesCommand({ cluster }));
    if (serviceArns.length === 0) continue;
    const { services = [] } = await ecs.send(new DescribeServicesCommand({ cluster, services: serviceArns }));
    found.push(
      ...services.map((service) => ({
        name: service.serviceName ?? '',
        status: service.status ?? '',
        desired: service.desiredCount ?? 0,
        running: service.runningCount ?? 0,
        pending: service.pendingCount ?? 0,
      })),
    );
  }
  return found;
}
