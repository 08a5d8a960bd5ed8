/** What the two CloudFormation types of a table share: their properties as UpdateTable and CreateTable take them. */
import type {
  AttributeDefinition,
  GlobalSecondaryIndex,
  GlobalSecondaryIndexUpdate,
  KeySchemaElement,
  LocalSecondaryIndex,
  OnDemandThroughput,
  ProvisionedThroughput,
  SSESpecification,
  StreamViewType,
  TableClass,
  WarmThroughput,
} from '@aws-sdk/client-dynamodb';
import { retag, tagList } from '../../../resource-tags.ts';
import { type Invoke, ignoring, unsupported } from '../../../service.ts';

export interface CommonProperties {
  readonly TableName?: string;
  readonly AttributeDefinitions?: AttributeDefinition[];
  readonly KeySchema: KeySchemaElement[];
  readonly BillingMode?: 'PROVISIONED' | 'PAY_PER_REQUEST';
  readonly GlobalSecondaryIndexes?: GlobalSecondaryIndex[];
  readonly LocalSecondaryIndexes?: LocalSecondaryIndex[];
  readonly TimeToLiveSpecification?: { readonly AttributeName?: string; readonly Enabled: boolean };
}

export interface TableSettings extends Omit<CommonProperties, 'TimeToLiveSpecification'> {
  readonly ProvisionedThroughput?: ProvisionedThroughput;
  readonly OnDemandThroughput?: OnDemandThroughput;
  readonly WarmThroughput?: WarmThroughput;
  readonly SSESpecification?: SSESpecification;
  readonly TableClass?: TableClass;
  readonly DeletionProtectionEnabled?: boolean;
  readonly StreamSpecification?: { readonly StreamViewType?: StreamViewType };
}

const indexProperties = [
  'IndexName',
  'KeySchema',
  'Projection',
  'ProvisionedThroughput',
  'OnDemandThroughput',
  'WarmThroughput',
  // Kept without effect, as on the table itself.
  'ContributorInsightsSpecification',
];

const globalIndexes = (given: readonly GlobalSecondaryIndex[] | undefined): GlobalSecondaryIndex[] =>
  (given ?? []).map((index) => {
    const unknown = Object.keys(index).find((name) => !indexProperties.includes(name));
    if (unknown !== undefined) throw unsupported(`the property GlobalSecondaryIndexes[].${unknown}`);
    return {
      IndexName: index.IndexName,
      KeySchema: index.KeySchema,
      Projection: index.Projection,
      ProvisionedThroughput: index.ProvisionedThroughput,
      OnDemandThroughput: index.OnDemandThroughput,
      WarmThroughput: index.WarmThroughput,
    };
  });

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** An index whose keys or projection change is another index: deleted and made again, as CloudFormation does. */
function indexUpdates(
  before: readonly GlobalSecondaryIndex[],
  after: readonly GlobalSecondaryIndex[],
): GlobalSecondaryIndexUpdate[] {
  const shape = (index: GlobalSecondaryIndex) => [index.KeySchema, index.Projection];
  const updates: GlobalSecondaryIndexUpdate[] = [];
  for (const old of before) {
    const now = after.find((index) => index.IndexName === old.IndexName);
    if (!now || !same(shape(old), shape(now))) updates.push({ Delete: { IndexName: old.IndexName } });
    else if (!same(old, now)) {
      const { ProvisionedThroughput, OnDemandThroughput, WarmThroughput } = now;
      updates.push({
        Update: { IndexName: now.IndexName, ProvisionedThroughput, OnDemandThroughput, WarmThroughput },
      });
    }
  }
  for (const now of after) {
    const old = before.find((index) => index.IndexName === now.IndexName);
    if (!old || !same(shape(old), shape(now))) updates.push({ Create: now });
  }
  return updates;
}

type Ttl = CommonProperties['TimeToLiveSpecification'];

/** From what the table has, not from what a template said: a rollback comes here after half an update. */
export async function applyTimeToLive(invoke: Invoke, TableName: string, wanted: Ttl): Promise<void> {
  const { TimeToLiveDescription: current } = await invoke('dynamodb', 'DescribeTimeToLive', { TableName });
  const old = current?.TimeToLiveStatus === 'ENABLED' ? current.AttributeName : undefined;
  const now = wanted?.Enabled ? (wanted.AttributeName ?? '') : undefined;
  if (old === now) return;
  if (old !== undefined)
    await invoke('dynamodb', 'UpdateTimeToLive', {
      TableName,
      TimeToLiveSpecification: { AttributeName: old, Enabled: false },
    });
  if (now !== undefined)
    await invoke('dynamodb', 'UpdateTimeToLive', {
      TableName,
      TimeToLiveSpecification: { AttributeName: now, Enabled: true },
    });
}

export interface Recovery {
  readonly PointInTimeRecoveryEnabled?: boolean;
  readonly RecoveryPeriodInDays?: number;
}

export async function applyRecovery(
  invoke: Invoke,
  TableName: string,
  before: Recovery | undefined,
  after: Recovery | undefined,
): Promise<void> {
  if (same(before, after)) return;
  if (!before?.PointInTimeRecoveryEnabled && !after?.PointInTimeRecoveryEnabled) return;
  await invoke('dynamodb', 'UpdateContinuousBackups', {
    TableName,
    PointInTimeRecoverySpecification: {
      PointInTimeRecoveryEnabled: after?.PointInTimeRecoveryEnabled ?? false,
      RecoveryPeriodInDays: after?.RecoveryPeriodInDays,
    },
  });
}

export const applyTags = (
  invoke: Invoke,
  ResourceArn: string,
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): Promise<void> =>
  retag(after, before, {
    remove: (TagKeys) => invoke('dynamodb', 'UntagResource', { ResourceArn, TagKeys }),
    set: (tags) => invoke('dynamodb', 'TagResource', { ResourceArn, Tags: tagList(tags) }),
  });

export async function applyPolicy(
  invoke: Invoke,
  ResourceArn: string,
  before: object | undefined,
  after: object | undefined,
): Promise<void> {
  if (same(before, after)) return;
  if (after) await invoke('dynamodb', 'PutResourcePolicy', { ResourceArn, Policy: JSON.stringify(after) });
  else await invoke('dynamodb', 'DeleteResourcePolicy', { ResourceArn });
}

export async function findTable(invoke: Invoke, TableName: string) {
  const found = invoke('dynamodb', 'DescribeTable', { TableName });
  const { Table } = (await ignoring(found, 'ResourceNotFoundException')) ?? {};
  return Table && { physicalId: TableName, attributes: await tableAttributes(invoke, TableName) };
}

/** A table of a template has a stream when it says of which kind. */
function streamOf({ StreamSpecification: stream }: TableSettings) {
  if (!stream) return undefined;
  const { StreamViewType, ...others } = stream;
  for (const name of Object.keys(others)) throw unsupported(`the property StreamSpecification.${name}`);
  return { StreamEnabled: true, StreamViewType };
}

/** The attributes that Fn::GetAtt answers. */
export async function tableAttributes(invoke: Invoke, TableName: string): Promise<Record<string, unknown>> {
  const { Table } = await invoke('dynamodb', 'DescribeTable', { TableName });
  return {
    Arn: Table?.TableArn,
    TableId: Table?.TableId,
    ...(Table?.LatestStreamArn ? { StreamArn: Table.LatestStreamArn } : {}),
  };
}

/** Members of CreateTable from a template's values. */
export const createInput = (TableName: string, p: TableSettings) => ({
  TableName,
  AttributeDefinitions: p.AttributeDefinitions,
  KeySchema: p.KeySchema,
  BillingMode: p.BillingMode,
  ProvisionedThroughput: p.ProvisionedThroughput,
  OnDemandThroughput: p.OnDemandThroughput,
  WarmThroughput: p.WarmThroughput,
  GlobalSecondaryIndexes: p.GlobalSecondaryIndexes?.length
    ? globalIndexes(p.GlobalSecondaryIndexes)
    : undefined,
  LocalSecondaryIndexes: p.LocalSecondaryIndexes?.length ? p.LocalSecondaryIndexes : undefined,
  SSESpecification: p.SSESpecification,
  TableClass: p.TableClass,
  DeletionProtectionEnabled: p.DeletionProtectionEnabled,
  StreamSpecification: streamOf(p),
});

/** One UpdateTable with what changed, or none. */
export async function updateTable(
  invoke: Invoke,
  TableName: string,
  before: TableSettings,
  after: TableSettings,
): Promise<void> {
  const mode = after.BillingMode ?? 'PROVISIONED';
  const modeChanged = mode !== (before.BillingMode ?? 'PROVISIONED');
  const updates = indexUpdates(
    globalIndexes(before.GlobalSecondaryIndexes),
    globalIndexes(after.GlobalSecondaryIndexes),
  );
  const changes = {
    BillingMode: modeChanged ? mode : undefined,
    ProvisionedThroughput:
      mode === 'PROVISIONED' &&
      (modeChanged || !same(before.ProvisionedThroughput, after.ProvisionedThroughput))
        ? after.ProvisionedThroughput
        : undefined,
    OnDemandThroughput: same(before.OnDemandThroughput, after.OnDemandThroughput)
      ? undefined
      : (after.OnDemandThroughput ?? { MaxReadRequestUnits: -1, MaxWriteRequestUnits: -1 }),
    WarmThroughput: same(before.WarmThroughput, after.WarmThroughput) ? undefined : after.WarmThroughput,
    SSESpecification: same(before.SSESpecification, after.SSESpecification)
      ? undefined
      : (after.SSESpecification ?? { Enabled: false }),
    TableClass: before.TableClass === after.TableClass ? undefined : (after.TableClass ?? 'STANDARD'),
    DeletionProtectionEnabled:
      (before.DeletionProtectionEnabled ?? false) === (after.DeletionProtectionEnabled ?? false)
        ? undefined
        : (after.DeletionProtectionEnabled ?? false),
    GlobalSecondaryIndexUpdates: updates.length > 0 ? updates : undefined,
  };
  if (!same(before.StreamSpecification, after.StreamSpecification)) {
    // Another kind of stream is another stream.
    if (before.StreamSpecification)
      await invoke('dynamodb', 'UpdateTable', { TableName, StreamSpecification: { StreamEnabled: false } });
    const StreamSpecification = streamOf(after);
    if (StreamSpecification) await invoke('dynamodb', 'UpdateTable', { TableName, StreamSpecification });
  }
  if (Object.values(changes).every((value) => value === undefined)) return;
  await invoke('dynamodb', 'UpdateTable', {
    TableName,
    ...changes,
    ...(updates.some((update) => update.Create) ? { AttributeDefinitions: after.AttributeDefinitions } : {}),
  });
}
