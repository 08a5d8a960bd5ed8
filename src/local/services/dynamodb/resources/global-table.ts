import type { TableClass } from '@aws-sdk/client-dynamodb';
import { parseArn } from '../../../../core/arn.ts';
import { required } from '../../../invoke.ts';
import { type Tag, tagList } from '../../../resource-tags.ts';
import { AwsError, resourceType } from '../../../service.ts';
import {
  applyPolicy,
  applyRecovery,
  applyTags,
  applyTimeToLive,
  type CommonProperties,
  createInput,
  findTable,
  type Recovery,
  type TableSettings,
  tableAttributes,
  updateTable,
} from './properties.ts';

interface Replica {
  readonly Region: string;
  readonly PointInTimeRecoverySpecification?: Recovery;
  readonly DeletionProtectionEnabled?: boolean;
  readonly TableClass?: TableClass;
  readonly Tags?: readonly Tag[];
  readonly ResourcePolicy?: { readonly PolicyDocument: object };
  readonly SSESpecification?: { readonly KMSMasterKeyId: string };
  readonly ContributorInsightsSpecification?: object;
}

interface GlobalTableProperties extends CommonProperties {
  readonly Replicas: readonly Replica[];
  readonly SSESpecification?: { readonly SSEEnabled: boolean; readonly SSEType?: 'KMS' };
  readonly StreamSpecification?: TableSettings['StreamSpecification'];
}

/**
 * What the CDK's TableV2 makes. One replica, in this region; more are refused, and so is provisioned capacity,
 * which this type only has with auto scaling.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-globaltable.html
 */
export const globalTable = resourceType<GlobalTableProperties>({
  type: 'AWS::DynamoDB::GlobalTable',
  mode: 'live',
  honoured: [
    'TableName',
    'AttributeDefinitions',
    'KeySchema',
    'BillingMode',
    'GlobalSecondaryIndexes',
    'LocalSecondaryIndexes',
    'TimeToLiveSpecification',
    'StreamSpecification',
    'Replicas',
  ],
  kept: { SSESpecification: 'described; no call to KMS is made, and the data lies in the state folder' },
  ownTags: ({ Replicas: [replica] }) => replica?.Tags,
  find: ({ properties: p, invoke, uniqueName }) => findTable(invoke, p.TableName ?? uniqueName(255)),
  async create({ properties: p, invoke, uniqueName, tags, stackId }) {
    const { replica, settings } = read(p, stackId);
    const TableName = p.TableName ?? uniqueName(255);
    const Tags = tagList(tags);
    const { TableDescription } = await invoke('dynamodb', 'CreateTable', {
      ...createInput(TableName, settings),
      Tags: Tags.length > 0 ? Tags : undefined,
    });
    const Arn = required(TableDescription?.TableArn, 'TableDescription.TableArn');
    try {
      await applyTimeToLive(invoke, TableName, p.TimeToLiveSpecification);
      await applyRecovery(invoke, TableName, undefined, replica.PointInTimeRecoverySpecification);
      await applyPolicy(invoke, Arn, undefined, replica.ResourcePolicy?.PolicyDocument);
    } catch (error) {
      // Nothing half-made stays behind.
      await updateTable(invoke, TableName, settings, { ...settings, DeletionProtectionEnabled: false });
      await invoke('dynamodb', 'DeleteTable', { TableName });
      throw error;
    }
    return { physicalId: TableName, attributes: await tableAttributes(invoke, TableName) };
  },
  async update({
    properties: p,
    previous,
    physicalId,
    previousAttributes,
    invoke,
    stackId,
    tags,
    previousTags,
  }) {
    const before = read(previous, stackId);
    const after = read(p, stackId);
    await updateTable(invoke, physicalId, before.settings, after.settings);
    await applyTimeToLive(invoke, physicalId, p.TimeToLiveSpecification);
    await applyRecovery(
      invoke,
      physicalId,
      before.replica.PointInTimeRecoverySpecification,
      after.replica.PointInTimeRecoverySpecification,
    );
    const arn = String(previousAttributes.Arn);
    await applyPolicy(
      invoke,
      arn,
      before.replica.ResourcePolicy?.PolicyDocument,
      after.replica.ResourcePolicy?.PolicyDocument,
    );
    await applyTags(invoke, arn, previousTags, tags);
    return { physicalId, attributes: await tableAttributes(invoke, physicalId) };
  },
  gone: ['ResourceNotFoundException'],
  async delete({ physicalId, invoke }) {
    await invoke('dynamodb', 'DeleteTable', { TableName: physicalId });
  },
});

const replicaProperties = [
  'Region',
  'PointInTimeRecoverySpecification',
  'DeletionProtectionEnabled',
  'TableClass',
  'Tags',
  'ResourcePolicy',
  'SSESpecification',
  'ContributorInsightsSpecification',
];

function read(p: GlobalTableProperties, stackId: string): { replica: Replica; settings: TableSettings } {
  const region = parseArn(stackId)?.region;
  const [replica, ...others] = p.Replicas;
  if (!replica || others.length > 0 || replica.Region !== region)
    throw refused(
      `replicas in other regions than ${region}: ${p.Replicas.map((one) => one.Region).join(', ')}`,
    );
  for (const name of Object.keys(replica))
    if (!replicaProperties.includes(name)) throw refused(`Replicas[].${name}`);
  const mode = p.BillingMode ?? 'PROVISIONED';
  if (mode !== 'PAY_PER_REQUEST') throw refused(`BillingMode ${mode} (it comes with auto scaling settings)`);
  const sse = p.SSESpecification;
  return {
    replica,
    settings: {
      AttributeDefinitions: p.AttributeDefinitions,
      KeySchema: p.KeySchema,
      BillingMode: mode,
      GlobalSecondaryIndexes: p.GlobalSecondaryIndexes,
      LocalSecondaryIndexes: p.LocalSecondaryIndexes,
      DeletionProtectionEnabled: replica.DeletionProtectionEnabled,
      TableClass: replica.TableClass,
      StreamSpecification: p.StreamSpecification,
      // SSEType is given for a key in KMS; without it the key is DynamoDB's own.
      SSESpecification:
        sse?.SSEType === 'KMS' && sse.SSEEnabled
          ? { Enabled: true, SSEType: 'KMS', ...replica.SSESpecification }
          : undefined,
    },
  };
}

const refused = (what: string) =>
  new AwsError(
    'ValidationException',
    `Slipway does not support ${what} of AWS::DynamoDB::GlobalTable. It is refused rather than ignored.`,
  );
