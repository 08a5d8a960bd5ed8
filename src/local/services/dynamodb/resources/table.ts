import { required } from '../../../invoke.ts';
import { type Tag, tagList } from '../../../resource-tags.ts';
import { resourceType } from '../../../service.ts';
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

interface TableProperties
  extends Omit<TableSettings, 'SSESpecification'>,
    Pick<CommonProperties, 'TimeToLiveSpecification'> {
  readonly SSESpecification?: {
    readonly SSEEnabled: boolean;
    readonly KMSMasterKeyId?: string;
    readonly SSEType?: 'KMS';
  };
  readonly PointInTimeRecoverySpecification?: Recovery;
  readonly ResourcePolicy?: { readonly PolicyDocument: object };
  readonly Tags?: readonly Tag[];
}

/** The template's names for the API's. */
const settings = (p: TableProperties): TableSettings => {
  const { SSESpecification: sse, ...rest } = p;
  if (!sse) return rest;
  const { SSEEnabled, ...key } = sse;
  return { ...rest, SSESpecification: { Enabled: SSEEnabled, ...key } };
};

/**
 * KinesisStreamSpecification, ImportSourceSpecification and VectorIndexes are refused.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html
 */
export const table = resourceType<TableProperties>({
  type: 'AWS::DynamoDB::Table',
  mode: 'live',
  honoured: [
    'TableName',
    'AttributeDefinitions',
    'KeySchema',
    'BillingMode',
    'ProvisionedThroughput',
    'GlobalSecondaryIndexes',
    'LocalSecondaryIndexes',
    'TimeToLiveSpecification',
    'StreamSpecification',
    'DeletionProtectionEnabled',
    'OnDemandThroughput',
    'ResourcePolicy',
    'Tags',
  ],
  kept: {
    PointInTimeRecoverySpecification:
      'described by DescribeContinuousBackups; restoring from it is refused by name',
    SSESpecification: 'described; no call to KMS is made, and the data lies in the state folder',
    ContributorInsightsSpecification: 'a report about access patterns; reading it is refused by name',
    TableClass: 'changes the price only',
    WarmThroughput: 'described; a local table is always warm',
  },
  find: ({ properties: p, invoke, uniqueName }) => findTable(invoke, p.TableName ?? uniqueName(255)),
  async create({ properties: p, invoke, uniqueName, tags }) {
    const TableName = p.TableName ?? uniqueName(255);
    const Tags = tagList(tags);
    const { TableDescription } = await invoke('dynamodb', 'CreateTable', {
      ...createInput(TableName, settings(p)),
      Tags: Tags.length > 0 ? Tags : undefined,
    });
    const Arn = required(TableDescription?.TableArn, 'TableDescription.TableArn');
    try {
      await applyTimeToLive(invoke, TableName, p.TimeToLiveSpecification);
      await applyRecovery(invoke, TableName, undefined, p.PointInTimeRecoverySpecification);
      await applyPolicy(invoke, Arn, undefined, p.ResourcePolicy?.PolicyDocument);
    } catch (error) {
      // Nothing half-made stays behind.
      await updateTable(invoke, TableName, settings(p), { ...settings(p), DeletionProtectionEnabled: false });
      await invoke('dynamodb', 'DeleteTable', { TableName });
      throw error;
    }
    return { physicalId: TableName, attributes: await tableAttributes(invoke, TableName) };
  },
  async update({ properties: p, previous, physicalId, previousAttributes, invoke, tags, previousTags }) {
    await updateTable(invoke, physicalId, settings(previous), settings(p));
    await applyTimeToLive(invoke, physicalId, p.TimeToLiveSpecification);
    await applyRecovery(
      invoke,
      physicalId,
      previous.PointInTimeRecoverySpecification,
      p.PointInTimeRecoverySpecification,
    );
    const arn = String(previousAttributes.Arn);
    await applyPolicy(invoke, arn, previous.ResourcePolicy?.PolicyDocument, p.ResourcePolicy?.PolicyDocument);
    await applyTags(invoke, arn, previousTags, tags);
    return { physicalId, attributes: await tableAttributes(invoke, physicalId) };
  },
  gone: ['ResourceNotFoundException'],
  async delete({ physicalId, invoke }) {
    await invoke('dynamodb', 'DeleteTable', { TableName: physicalId });
  },
});
