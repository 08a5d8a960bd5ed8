import type { AliasConfiguration } from '@aws-sdk/client-lambda';
import { AwsError, resourceType } from '../../../service.ts';

interface AliasProperties {
  readonly FunctionName: string;
  readonly Name: string;
  readonly FunctionVersion: string;
  readonly Description?: string;
  readonly RoutingConfig?: {
    readonly AdditionalVersionWeights?: readonly {
      readonly FunctionVersion: string;
      readonly FunctionWeight: number | string;
    }[];
  };
}

const input = (p: AliasProperties) => ({
  FunctionName: p.FunctionName,
  Name: p.Name,
  FunctionVersion: p.FunctionVersion,
  Description: p.Description ?? '',
  RoutingConfig: {
    AdditionalVersionWeights: Object.fromEntries(
      (p.RoutingConfig?.AdditionalVersionWeights ?? []).map((one) => [
        one.FunctionVersion,
        Number(one.FunctionWeight),
      ]),
    ),
  },
});

/** Provisioned concurrency is refused by name. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-alias.html */
export const alias = resourceType<AliasProperties>({
  type: 'AWS::Lambda::Alias',
  mode: 'live',
  honoured: ['FunctionName', 'Name', 'FunctionVersion', 'Description', 'RoutingConfig'],
  async create({ properties, invoke }) {
    const { AliasArn = '' } = await invoke<AliasConfiguration>('lambda', 'CreateAlias', input(properties));
    return { physicalId: AliasArn, attributes: { AliasArn } };
  },
  async update({ properties, invoke, physicalId, previousAttributes }) {
    await invoke('lambda', 'UpdateAlias', input(properties));
    return { physicalId, attributes: previousAttributes };
  },
  async delete({ properties: { FunctionName, Name }, invoke }) {
    try {
      await invoke('lambda', 'DeleteAlias', { FunctionName, Name });
    } catch (error) {
      if (!(error instanceof AwsError && error.code === 'ResourceNotFoundException')) throw error;
    }
  },
});
