/** Values of members: such as clients send, and such as no client should. */
import type { ConstraintData } from '../../src/local/edge/constraints.ts';
import type { Shape } from '../../src/local/wire/shape.ts';
import type { Random } from './random.ts';

const account = '000000000000';
const arn = (service: string, resource: string) => `arn:aws:${service}:us-east-1:${account}:${resource}`;
const role = `arn:aws:iam::${account}:role/fuzz`;

/** Names that every object has, or that other parsers trip over. */
const names = [
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'prototype', '__defineGetter__'],
  ...[
    'null',
    'undefined',
    'NaN',
    'true',
    '-1',
    '0',
    '1e999',
    '[]',
    '{}',
    '',
    ' ',
    '.',
    '..',
    '*',
    '?',
    '$',
    '#',
  ],
];

const hostile: readonly string[] = [
  ...names,
  ...['é'.repeat(1000), 'é'.repeat(128), 'a'.repeat(300), 'a'.repeat(5000), 'a'.repeat(70_000)],
  ...[
    '\u0000',
    '\ud800',
    '\udc00a',
    '😀',
    '\u202e',
    '\ufffd',
    '\r\nx-evil: 1',
    '%00',
    '%zz',
    '%',
    '../../../etc/passwd',
  ],
  ...[
    '"',
    "'",
    '\\',
    '<a>',
    '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
    '&amp;',
    '${a}',
    '${',
    '{{resolve:ssm:a}}',
  ],
  ...['{"a":', '[', '{"__proto__":{"a":1}}', '{"a":null}', '[null]', '"text"', '1'],
  ...['['.repeat(20_000), '{"a":'.repeat(20_000), `${'['.repeat(5000)}${']'.repeat(5000)}`, '('.repeat(5000)],
  ...[`${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`, 'NOT '.repeat(5000), '!'.repeat(5000), '-'.repeat(5000)],
  ...[
    ' '.repeat(20_000),
    ','.repeat(20_000),
    ':'.repeat(20_000),
    '/'.repeat(20_000),
    '.'.repeat(20_000),
    "',".repeat(9000),
  ],
  ...['arn', 'arn:::::', 'arn:aws:s3:::', arn('sqs', 'nowhere'), arn('lambda', 'function:nowhere'), role],
  ...['^(a+)+$', `${'a'.repeat(40)}!`, '(?=a)', '[', '*a'.repeat(60), `{ $.a = "${'*a'.repeat(60)}" }`],
  ...['2020-01-01T00:00:00Z', '9999999999999', '-9999999999999', 'rate(1 minute)', 'cron(0 0 * * ? *)'],
];

const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'lambda.amazonaws.com' },
      Action: ['sts:AssumeRole', 's3:*'],
      Resource: '*',
      Condition: { StringLike: { 'aws:SourceArn': 'arn:aws:*' } },
    },
  ],
});
const template = JSON.stringify({
  Parameters: { P: { Type: 'String', Default: 'a', AllowedPattern: '^[a-z]+$' } },
  Mappings: { M: { a: { b: 'c' } } },
  Conditions: { C: { 'Fn::Equals': [{ Ref: 'P' }, 'a'] } },
  Resources: {
    Q: {
      Type: 'AWS::SQS::Queue',
      Condition: 'C',
      Properties: { QueueName: { 'Fn::Sub': '${P}-${AWS::Region}' }, DelaySeconds: 1 },
    },
    T: {
      Type: 'AWS::SNS::Topic',
      DependsOn: 'Q',
      Properties: { DisplayName: { 'Fn::GetAtt': ['Q', 'Arn'] } },
    },
  },
  Outputs: { O: { Value: { 'Fn::FindInMap': ['M', 'a', 'b'] }, Export: { Name: 'o' } } },
});
const yamlTemplate =
  'Parameters:\n  P: {Type: String, Default: a}\nResources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      QueueName: !Sub "${P}-x"\n';

/** What a member of such a name takes, first match. */
const samples: readonly (readonly [name: RegExp, values: readonly string[]])[] = [
  [/^TemplateBody$/, [template, yamlTemplate]],
  [
    /policy(document|text)?$|^Policy/i,
    [policy, '{"maxReceiveCount":3,"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:fuzz"}'],
  ],
  [
    /filterPattern/i,
    ['{ ($.a = "b*" || $.c > 3) && $.d IS TRUE }', 'ERROR -debug ?a "b c"', '[a, b=1*, ...]'],
  ],
  [
    /eventPattern/i,
    [
      '{"source":["a",{"prefix":"b"}],"detail":{"a":[{"numeric":[">",1]},{"anything-but":["x"]},{"wildcard":"a*b"}],"$or":[{"b":[1]},{"c":[{"exists":true}]}]}}',
    ],
  ],
  [
    /ConditionExpression|FilterExpression/,
    [
      'a = :b AND (NOT attribute_exists(#c) OR size(d[1].e) > :b)',
      'contains(a, :b)',
      'a IN (:b, :b)',
      'a BETWEEN :b AND :b',
    ],
  ],
  [
    /UpdateExpression/,
    ['SET a = if_not_exists(a, :b) + :b, #c.d[0] = list_append(e, :b) REMOVE f ADD g :b DELETE h :b'],
  ],
  [/KeyConditionExpression/, ['id = :b', 'id = :b AND begins_with(#c, :b)']],
  [/ProjectionExpression/, ['a, #c.d[1], e']],
  [/^Expression$/, ['m1 + FILL(m1, 0) * (2 - AVG([m1]))', 'IF(m1 > 1, m1, 0)', 'RATE(METRICS())']],
  [/ScheduleExpression/, ['rate(5 minutes)', 'cron(0/5 8-17 ? * MON-FRI *)']],
  [/QueueUrl/i, ['{endpoint}/000000000000/fuzz']],
  [
    /TableName|^Bucket$|RoleName|TopicName|StackName|QueueName|UserName|AlarmName|^Rule$|clusterName|repositoryName|FunctionName|family/i,
    ['fuzz', 'fuzz', 'fuzz2'],
  ],
  [/logGroupName|logGroupIdentifier/, ['/fuzz']],
  [/logStreamName/, ['fuzz']],
  [
    /TopicArn|targetArn|ResourceArn|resourceARN/i,
    [arn('sns', 'fuzz'), arn('sqs', 'fuzz'), arn('events', 'rule/fuzz')],
  ],
  [/RoleArn|^Role$/i, [role]],
  [/^cluster$/, ['fuzz']],
  [/taskDefinition/, ['fuzz', 'fuzz:1']],
  [/Arn$/i, [arn('sqs', 'fuzz'), arn('sns', 'fuzz'), arn('lambda', 'function:fuzz')]],
  [/restApiId/, ['{api}']],
  [/patch|path/i, ['/a', '/binaryMediaTypes/image~1png', '/*/*/throttling/rateLimit']],
  [/^op$/, ['replace', 'add', 'remove']],
  [/^(Message|MessageBody|Payload|Detail|input|body)$/i, ['{"a":1}', 'text', '{"default":"a"}']],
  [/Protocol/, ['sqs', 'lambda', 'http']],
  [/Endpoint/, [arn('sqs', 'fuzz'), 'http://127.0.0.1:1/']],
  [/AttributeNames?$/, ['All', 'Policy', 'RedrivePolicy', 'VisibilityTimeout', 'FilterPolicy', 'id']],
  [/DataType/, ['String', 'Number', 'Binary']],
  [/Namespace/, ['fuzz', 'ecs']],
  [/MetricName|^Stat$/, ['m', 'Average', 'p99', 'Sum']],
  [/^(Id|id|MetricId)$/, ['m1', 'e1', '{api}']],
  [/token|marker/i, ['']],
  [/httpMethod/i, ['GET', 'POST']],
  [/runtime/i, ['nodejs20.x']],
  [/^[SN]$/, ['1', '12.5', 'a']],
];

const attributeMaps: readonly (readonly [key: string, value: string])[] = [
  ['VisibilityTimeout', '30'],
  ['DelaySeconds', '1'],
  ['FifoQueue', 'true'],
  ['RedrivePolicy', '{"maxReceiveCount":3,"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:fuzz"}'],
  [
    'RedriveAllowPolicy',
    '{"redrivePermission":"byQueue","sourceQueueArns":["arn:aws:sqs:us-east-1:000000000000:fuzz"]}',
  ],
  ['Policy', policy],
  ['FilterPolicy', '{"a":["b",{"prefix":"c"},{"numeric":[">=",1]}]}'],
  ['DeliveryPolicy', '{"http":{"defaultHealthyRetryPolicy":{"numRetries":3}}}'],
  ['RawMessageDelivery', 'true'],
  ['DisplayName', 'a'],
];

export interface Values {
  readonly random: Random;
  /** How likely a value is one that no client should send. */
  readonly wild: number;
  readonly limits: ConstraintData | undefined;
  /** What `{endpoint}` and `{api}` stand for. */
  readonly placeholders: Readonly<Record<string, string>>;
}

const numbers = [
  0,
  1,
  -1,
  2,
  10,
  60,
  300,
  1000,
  86_400,
  2 ** 31,
  2 ** 53,
  -(2 ** 53),
  0.5,
  1e308,
  1_700_000_000,
];
const dates = [0, 1, 1_700_000_000, 253_402_300_799, -62_135_596_800, 4_000_000_000];

function text({ random, wild, placeholders }: Values, name: string): string {
  if (random.chance(wild)) return random.pick(hostile);
  const sample = random.pick(samples.find(([of]) => of.test(name))?.[1] ?? ['fuzz', 'a', '1', 'true']);
  const filled = sample.replace(/\{(endpoint|api)\}/g, (_, key: string) => placeholders[key] ?? '');
  return random.chance(wild) ? damage(random, filled) : filled;
}

/** Repeats, removes or replaces a part. */
export function damage(random: Random, source: string): string {
  const from = random.below(source.length + 1);
  const to = Math.min(source.length, from + 1 + random.below(12));
  const part = source.slice(from, to);
  switch (random.below(5)) {
    case 0:
      return source.slice(0, from) + source.slice(to);
    case 1:
      return source.slice(0, from) + part.repeat(random.pick([2, 100, 5000])) + source.slice(to);
    case 2:
      return source.slice(0, from) + random.pick(names) + source.slice(to);
    case 3:
      return source.slice(0, from) + random.pick(hostile) + source.slice(from);
    default:
      return source.slice(0, from);
  }
}

const sizeOf = (value: unknown) => JSON.stringify(value)?.length ?? 0;

/** @param limits the name of the shape in the constraints */
export function randomValue(
  values: Values,
  shape: Shape,
  name: string,
  limits: string | undefined,
  depth = 0,
): unknown {
  const { random, wild } = values;
  const known = limits === undefined ? undefined : values.limits?.shapes[limits];
  // A value of another type altogether.
  if (random.chance(wild / 4))
    return random.pick<unknown>([null, true, -1, 'text', [], {}, [null], { a: 1 }, [[]], ['a', 1], names]);
  switch (shape.kind) {
    case 'string':
      return known?.enum && !random.chance(wild) ? random.pick(known.enum) : text(values, name);
    case 'number':
    case 'big-number':
      if (random.chance(wild))
        return random.pick<unknown>([...numbers, 'NaN', 'Infinity', '-Infinity', '', '0x10']);
      return random.pick([known?.least ?? 1, known?.most ?? 10, 1, 2]);
    case 'boolean':
      return random.chance(wild) ? random.pick<unknown>(['yes', 'True', 0, null]) : random.chance(0.5);
    case 'timestamp':
      return random.chance(wild) ? random.pick<unknown>([...dates, ...numbers, 'x']) : 1_700_000_000;
    case 'blob':
      return random.chance(wild) ? random.pick(hostile) : 'eyJhIjoxfQ==';
    case 'document':
      return { a: 1 };
    case 'unit':
      return {};
    case 'list': {
      const wanted = random.chance(wild) ? random.pick([0, 2, 11, 101, 1001]) : 1 + random.below(2);
      const one = () => randomValue(values, shape.item.shape, name.replace(/s$/, ''), known?.item, depth + 1);
      // Long lists hold the same item again: what counts is their length.
      const first = one();
      const length = wanted * sizeOf(first) < 300_000 ? wanted : 1;
      return Array.from({ length }, (_, i) => (i < 3 ? one() : first));
    }
    case 'map': {
      const out: Record<string, unknown> = Object.create(null);
      for (let i = random.below(3); i >= 0; i--) {
        const [key, given] = /^Attributes$/.test(name) ? random.pick(attributeMaps) : ['id', undefined];
        const used = random.chance(wild) ? random.pick(hostile) : key;
        out[used] =
          given !== undefined && !random.chance(wild)
            ? random.chance(0.3)
              ? damage(random, given)
              : given
            : randomValue(values, shape.value.shape, used, known?.value, depth + 1);
      }
      return out;
    }
    case 'structure':
    case 'union': {
      const out: Record<string, unknown> = {};
      if (depth > 6) return out;
      const members = shape.kind === 'union' ? [random.pick(shape.members)] : shape.members;
      for (const member of members) {
        const needed = member.required || known?.required?.includes(member.name) || shape.kind === 'union';
        if (!random.chance(needed ? 1 - wild / 5 : 0.25)) continue;
        out[member.name] = randomValue(
          values,
          member.shape,
          member.name,
          known?.members?.[member.name],
          depth + 1,
        );
      }
      if (random.chance(wild / 10)) out[random.pick(names)] = 1;
      return out;
    }
  }
}
