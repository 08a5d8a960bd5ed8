/** Log groups: https://aws.amazon.com/cloudwatch/pricing/ */
import {
  factsOf,
  isDeploymentMachinery,
  logWritersOf,
  ownersOf,
  type Resource,
  textAt,
} from '../../../architecture/index.ts';
import { type Amount, constant, sum, times } from '../amount.ts';
import type { Arrival } from '../flow/arrivals.ts';
import { assumption, type Flow, type Item, line, type Pricer } from './model.ts';
import { read } from './properties.ts';
import { assumed, derived, each, kbPerGb, monthly, perGb, sumOf } from './questions.ts';
import { flowLog } from './vpc.ts';

/** Stored logs are compressed; AWS's pricing calculator takes 0.15. */
const compression = 0.15;

/** By whom it is written and in which class it is kept. */
type LogKind = 'standard' | 'infrequent' | 'vended' | 'functions' | 'infrequent-functions';

const ingestionRows: Readonly<Record<LogKind, string>> = {
  standard: 'cloudwatch.logs.ingestion',
  infrequent: 'cloudwatch.logs.ingestion.ia',
  vended: 'cloudwatch.logs.vended',
  functions: 'cloudwatch.logs.ingestion.lambda',
  'infrequent-functions': 'cloudwatch.logs.ingestion.lambda.ia',
};

/** `kilobytes`: KB of log a month. */
export function logLines(
  kilobytes: Amount,
  monthsKept: number,
  kind: LogKind,
  part?: string,
): readonly Item[] {
  const suffix = kind.startsWith('infrequent') ? '.ia' : '';
  const ingestion = ingestionRows[kind];
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

/** What writes here and how often: the writer itself, or what it is a part of (a stage of its API). */
const writersOf = (group: Resource, flow: Flow): readonly Arrival[] =>
  logWritersOf(flow.app, group).flatMap((by): readonly Arrival[] => {
    const [amount] = ownersOf(flow.app, by).flatMap((one) => flow.workOf(one) ?? []);
    return amount === undefined ? [] : [{ by, amount }];
  });

const takesFlowLogs = (group: Resource, flow: Flow): boolean =>
  logWritersOf(flow.app, group).some(({ type }) => flowLog.types.includes(type));

export const logGroup: Pricer = {
  types: ['AWS::Logs::LogGroup'],
  work: 'events',
  questions: (group, flow) => [
    monthly('events', 'Calls or jobs that are logged here', 'event', () => {
      const writers = writersOf(group, flow);
      if (writers.length === 0) {
        if (takesFlowLogs(group, flow))
          return assumed(
            constant(100_000, 'event'),
            'a few interfaces, each with some twenty flows every ten minutes',
          );
        const only =
          group.usedBy.length > 0 && group.usedBy.every(({ to }) => isDeploymentMachinery(flow.app, to));
        return only
          ? derived(constant(0, 'event'), 'written only when the stack is deployed')
          : assumed(constant(0, 'event'), 'nothing in the template is seen to write to it');
      }
      return sumOf(writers, 'event', 'one for each call, event or message of');
    }),
    takesFlowLogs(group, flow)
      ? each('eventKB', 'Size of a record', 'KB', 0.12, 'a flow record in the default form')
      : each('eventKB', 'How much is logged for each', 'KB', 1, 'a few structured lines'),
    monthly('otherGB', 'Logs that do not follow from work, such as health checks', 'GB', () =>
      derived(constant(0, 'GB'), 'health checks and the like are taken not to be logged'),
    ),
  ],
  items: (group, flow) => {
    const { number, missing } = read(group);
    const days = number('RetentionInDays', 0);
    if (days === undefined) return missing;
    const months = days === 0 ? 12 : days / 30.4;
    const kilobytes = sum(
      [
        times(flow.of(group, 'events'), flow.of(group, 'eventKB')),
        ...otherKilobytes(flow.of(group, 'otherGB')),
      ],
      'KB',
    );
    return [
      ...logLines(kilobytes, months, kindOf(group, flow)),
      ...(group.properties.DataProtectionPolicy === undefined
        ? []
        : [line('cloudwatch.logs.data-protection', times(kilobytes, 1 / kbPerGb, perGb))]),
      ...(days === 0
        ? [
            assumption(
              'How long its logs are kept',
              '12 months',
              'it never expires them, so the cost grows each month; this is after a year',
            ),
          ]
        : []),
    ];
  },
};

function kindOf(group: Resource, flow: Flow): LogKind {
  const infrequent = textAt(group.properties, 'LogGroupClass') === 'INFREQUENT_ACCESS';
  const writers = logWritersOf(flow.app, group);
  // Custom log lines of other writers in the same group would be untiered; mixed groups are seldom.
  if (writers.some(({ type }) => factsOf(type)?.makesLogGroup === true))
    return infrequent ? 'infrequent-functions' : 'functions';
  if (infrequent) return 'infrequent';
  return takesFlowLogs(group, flow) ? 'vended' : 'standard';
}

const otherKilobytes = (other: Amount): readonly Amount[] =>
  other.linear?.fixed === 0 && other.linear.perUse === 0 ? [] : [times(other, kbPerGb, '1,048,576 KB')];
