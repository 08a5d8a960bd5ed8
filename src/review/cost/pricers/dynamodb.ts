/** Tables: https://aws.amazon.com/dynamodb/pricing/on-demand/ and …/provisioned/ */
import { callersOf, isMap, type Resource, scalingOf, textAt, valueAt } from '../../../architecture/index.ts';
import { type Amount, constant, times } from '../amount.ts';
import { hoursPerMonth } from '../prices/index.ts';
import {
  assumption,
  type DefaultAnswer,
  type Flow,
  type Item,
  line,
  type Pricer,
  type Question,
  unpriced,
} from './model.ts';
import { mapsIn, read } from './properties.ts';
import { byCallers, derived, each, kbPerGb, monthly, oncePerUse, roundedUp } from './questions.ts';

const writes = ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem'];
const reads = ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:Scan', 'dynamodb:BatchGetItem'];

/** By the policies that name the table; once per use where none does. */
function used(flow: Flow, table: Resource, unit: string, actions: readonly string[]): DefaultAnswer {
  const anybody = callersOf(flow.app, table, [...writes, ...reads]).length > 0;
  return byCallers(flow, table, unit, actions, anybody ? constant(0, unit) : oncePerUse(unit, flow).amount);
}

const questions = (table: Resource): readonly Question[] => [
  monthly('writes', 'Items written, changed or deleted', 'write', (flow) =>
    used(flow, table, 'write', writes),
  ),
  monthly('reads', 'Items read, or 4 KB of a query', 'read', (flow) => used(flow, table, 'read', reads)),
  each('itemKB', 'Size of an item', 'KB', 1, 'a few short fields'),
  each(
    'newItemPercent',
    'Share of writes that make a new item',
    '%',
    50,
    'items are changed once after they are made',
  ),
  {
    ...each(
      'indexPercent',
      'Share of writes that also change an index',
      '%',
      100,
      'each write changes an indexed or projected field',
    ),
  },
  each(
    'keptMonths',
    'How long items are kept',
    'month',
    12,
    timeToLive(table)
      ? 'TTL deletes them; the template does not say when'
      : 'nothing deletes them; this is after a year',
  ),
  monthly('storedGB', 'Data stored', 'GB', (flow) => {
    // 100 bytes an item and index are overhead: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
    const made = times(flow.of(table, 'writes'), flow.of(table, 'newItemPercent'));
    const size = times(made, flow.of(table, 'itemKB'));
    return derived(
      times(times(size, flow.of(table, 'keptMonths')), 1 / 100 / kbPerGb, '÷ 100 ÷ 1,048,576 KB in a GB'),
      'new items × their size × how long they are kept',
    );
  }),
];

const timeToLive = (table: Resource): boolean =>
  String(valueAt(table.properties, 'TimeToLiveSpecification.Enabled')) === 'true';

const indexesOf = (table: Resource) => mapsIn(table.properties.GlobalSecondaryIndexes);

export const dynamoTable: Pricer = {
  types: ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'],
  work: 'writes',
  questions,
  items: (table, flow) => {
    const { text, flag, missing } = read(table);
    const isGlobal = table.type.endsWith('GlobalTable');
    const mode = text('BillingMode', isGlobal ? 'PAY_PER_REQUEST' : 'PROVISIONED');
    const items: Item[] = [];
    const infrequent = textAt(table.properties, 'TableClass') === 'STANDARD_INFREQUENT_ACCESS';
    const replicas = isGlobal ? Math.max(1, mapsIn(table.properties.Replicas).length) : 1;
    if (mode === 'PAY_PER_REQUEST') items.push(...onDemand(table, flow, infrequent, replicas));
    else if (mode === 'PROVISIONED') items.push(...provisioned(table, flow, isGlobal));
    const stored = flow.of(table, 'storedGB');
    const copies = indexesOf(table).length + mapsIn(table.properties.LocalSecondaryIndexes).length;
    items.push(line(infrequent ? 'dynamodb.storage.ia' : 'dynamodb.storage', stored));
    if (copies > 0)
      items.push(
        line(
          infrequent ? 'dynamodb.storage.ia' : 'dynamodb.storage',
          copies === 1 ? stored : times(stored, copies, `${copies} indexes`),
          {
            part: copies === 1 ? 'index' : 'indexes',
            note: 'an upper bound: as if every index held whole items',
          },
        ),
      );
    if (replicas > 1)
      items.push(
        unpriced(
          `Storage in ${replicas === 2 ? 'another region' : `${replicas - 1} other regions`}`,
          'replicas are priced in their own regions, whose prices are not looked up',
          times(stored, replicas - 1, `${replicas - 1} replicas`),
        ),
      );
    const recovery = isGlobal
      ? valueAt(
          mapsIn(table.properties.Replicas)[0],
          'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled',
        )
      : flag('PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled', false);
    if (String(recovery) === 'true')
      items.push(
        line('dynamodb.pitr', stored, {
          note: 'of the table and its local indexes; the global ones are not backed up',
        }),
      );
    if (table.properties.KinesisStreamSpecification !== undefined)
      items.push(line('dynamodb.kinesis-cdc', flow.of(table, 'writes')));
    if (table.properties.StreamSpecification !== undefined)
      items.push(
        assumption(
          'Reads of its stream',
          'none to pay',
          'reads by Lambda triggers are free; another reader pays by the request',
        ),
      );
    return [...items, ...missing];
  },
};

function onDemand(table: Resource, flow: Flow, infrequent: boolean, replicas: number): readonly Item[] {
  const suffix = infrequent ? '.ia' : '';
  const size = flow.of(table, 'itemKB');
  const units = (amount: Amount, chunk: number, unit: string) =>
    size.linear !== undefined && size.linear.fixed <= chunk
      ? amount
      : times(amount, roundedUp(size, chunk, unit));
  const written = units(flow.of(table, 'writes'), 1, 'units of 1 KB');
  const row = replicas > 1 ? 'dynamodb.on-demand.replicated-writes' : `dynamodb.on-demand.writes${suffix}`;
  const indexes = indexesOf(table).map((index) =>
    line(row, times(times(written, flow.of(table, 'indexPercent')), 1 / 100, '÷ 100'), {
      part: `index ${String(index.IndexName ?? '')}`,
    }),
  );
  return [
    line(row, written),
    ...indexes,
    line(`dynamodb.on-demand.reads${suffix}`, units(flow.of(table, 'reads'), 4, 'units of 4 KB'), {
      note: 'as if every read were strongly consistent; eventually consistent ones are half',
    }),
  ];
}

function provisioned(table: Resource, flow: Flow, isGlobal: boolean): readonly Item[] {
  if (isGlobal)
    return [
      unpriced(
        'Provisioned capacity',
        'the capacity of a global table is set for each replica, which is not read',
        undefined,
        'unresolved',
      ),
    ];
  const items: Item[] = [];
  for (const [side, row] of [
    ['Write', 'dynamodb.provisioned.writes'],
    ['Read', 'dynamodb.provisioned.reads'],
  ] as const) {
    const bounds = scalingOf(flow.app, table).bounds.find(
      (one) => textAt(one.properties, 'ScalableDimension') === `dynamodb:table:${side}CapacityUnits`,
    );
    const reader = read(table);
    const units =
      bounds === undefined
        ? reader.number(`ProvisionedThroughput.${side}CapacityUnits`, 5)
        : read(bounds).number('MinCapacity', 1);
    items.push(...reader.missing);
    if (units !== undefined)
      items.push(
        line(row, constant(units * hoursPerMonth, side === 'Write' ? 'WCU-hour' : 'RCU-hour'), {
          ...(bounds === undefined ? {} : { note: 'at the minimum of its scaling' }),
        }),
      );
    for (const index of indexesOf(table)) {
      const part = `index ${String(index.IndexName ?? '')}`;
      const its = read(table, isMap(index) ? index : {}, `${part}: `);
      const capacity = its.number(`ProvisionedThroughput.${side}CapacityUnits`, 5);
      items.push(...its.missing);
      if (capacity !== undefined)
        items.push(line(row, constant(capacity * hoursPerMonth, 'unit-hour'), { part }));
    }
  }
  return items;
}
