/** Log groups: https://aws.amazon.com/cloudwatch/pricing/ */
import { type Resource, textAt, valueAt } from '../../../architecture/index.ts';
import { type Amount, constant, sum, times } from '../amount.ts';
import { taskDefinitionOf } from '../flow/access.ts';
import { deploymentOnly } from '../flow/triggers.ts';
import { assumed, derived, each, kbPerGb, monthly, perGb } from './answers.ts';
import { type Flow, type Item, line, type Pricer, took } from './model.ts';
import { read } from './read.ts';

/** Stored logs are compressed; AWS's pricing calculator takes 0.15. */
const compression = 0.15;

/** `kilobytes`: KB of log a month. */
export function logLines(
  kilobytes: Amount,
  monthsKept: number,
  kind: 'standard' | 'infrequent' | 'vended',
  part?: string,
): readonly Item[] {
  const suffix = kind === 'infrequent' ? '.ia' : '';
  const ingestion = kind === 'vended' ? 'cloudwatch.logs.vended' : `cloudwatch.logs.ingestion${suffix}`;
  const more = part === undefined ? {} : { part };
  return [
    line(ingestion, times(kilobytes, 1 / kbPerGb, perGb), more),
    line(
      `cloudwatch.logs.storage${suffix}`,
      times(
        kilobytes,
        (compression * monthsKept) / kbPerGb,
        `${Math.round(monthsKept * 10) / 10} months kept × 0.15 compressed ÷ 1,048,576 KB in a GB`,
      ),
      more,
    ),
  ];
}

interface Writer {
  readonly by: Resource;
  readonly amount: Amount;
}

function writersOf(group: Resource, flow: Flow): readonly Writer[] {
  const { app } = flow;
  const names = (value: Parameters<typeof app.namedIn>[0]) => app.namedIn(value).includes(group);
  const writers: Writer[] = [];
  for (const fn of app.ofType('AWS::Lambda::Function'))
    if (names(valueAt(fn.properties, 'LoggingConfig.LogGroup')) || group.uses.some((link) => link.to === fn))
      writers.push({ by: fn, amount: flow.of(fn, 'invocations') });
  for (const stage of app.ofType('AWS::ApiGateway::Stage', 'AWS::ApiGatewayV2::Stage'))
    if (names(stage.properties.AccessLogSetting ?? stage.properties.AccessLogSettings))
      for (const api of app.namedIn(stage.properties.RestApiId ?? stage.properties.ApiId)) {
        const key = ['requests', 'messages'].find((one) => flow.asks(api, one));
        if (key !== undefined) writers.push({ by: stage, amount: flow.of(api, key) });
      }
  for (const service of app.ofType('AWS::ECS::Service')) {
    const definition = taskDefinitionOf(service, app);
    if (definition !== undefined && names(definition.properties.ContainerDefinitions))
      writers.push({ by: service, amount: flow.workOf(service) });
  }
  for (const machine of app.ofType('AWS::StepFunctions::StateMachine'))
    if (names(machine.properties.LoggingConfiguration))
      writers.push({ by: machine, amount: flow.workOf(machine) });
  return writers;
}

const takesFlowLogs = (group: Resource, flow: Flow): boolean =>
  flow.app.ofType('AWS::EC2::FlowLog').some((log) => log.uses.some((link) => link.to === group));

export const logGroup: Pricer = {
  types: ['AWS::Logs::LogGroup'],
  questions: (group, flow) => [
    monthly('events', 'Calls or jobs that are logged here', 'event', () => {
      const writers = writersOf(group, flow);
      if (writers.length === 0) {
        if (takesFlowLogs(group, flow))
          return assumed(
            constant(100_000, 'event'),
            'a few interfaces, each with some twenty flows every ten minutes',
          );
        const only = group.usedBy.length > 0 && group.usedBy.every((link) => deploymentOnly(link.to));
        return only
          ? derived(constant(0, 'event'), 'written only when the stack is deployed')
          : assumed(constant(0, 'event'), 'nothing in the template is seen to write to it');
      }
      return derived(
        sum(
          writers.map(({ amount }) => amount),
          'event',
        ),
        `one for each piece of work of ${writers.map(({ by }) => by.name).join(', ')}`,
      );
    }),
    takesFlowLogs(group, flow)
      ? each('eventKB', 'Size of a record', 'KB', 0.12, 'a flow record in the default form')
      : each('eventKB', 'How much is logged for each', 'KB', 1, 'a few structured lines'),
    monthly('otherGB', 'Logs that do not follow from work, such as health checks', 'GB', () =>
      derived(constant(0, 'GB'), 'only work is logged, until it is said'),
    ),
  ],
  items: (group, flow) => {
    const { number, missing } = read(group);
    const days = number('RetentionInDays', 0);
    if (days === undefined) return missing;
    const infrequent = textAt(group.properties, 'LogGroupClass') === 'INFREQUENT_ACCESS';
    const months = days === 0 ? 12 : days / 30.4;
    const kilobytes = sum(
      [
        times(flow.of(group, 'events'), flow.of(group, 'eventKB')),
        ...otherKilobytes(flow.of(group, 'otherGB')),
      ],
      'KB',
    );
    return [
      ...logLines(
        kilobytes,
        months,
        infrequent ? 'infrequent' : takesFlowLogs(group, flow) ? 'vended' : 'standard',
      ),
      ...(days === 0
        ? [
            took(
              'How long its logs are kept',
              '12 months',
              'it never expires them, so the cost grows each month; this is after a year',
            ),
          ]
        : []),
    ];
  },
};

const otherKilobytes = (other: Amount): readonly Amount[] =>
  other.plain?.fixed === 0 && other.plain.perUse === 0 ? [] : [times(other, kbPerGb, '1,048,576 KB')];
