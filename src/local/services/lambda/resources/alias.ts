import { required } from '../../../invoke.ts';
import { resourceType } from '../../../service.ts';

interface AliasProperties {
  readonly FunctionName: string;
  readonly Name: string;
  readonly FunctionVersion: string;
  readonly Description?: string;
  readonly RoutingConfig?: {
    readonly AdditionalVersionWeights?: readonly {
      readonly FunctionVersion: string;
      readonly FunctionWeight: number;
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
        one.FunctionWeight,
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
    const made = await invoke('lambda', 'CreateAlias', input(properties));
    const AliasArn = required(made.AliasArn, 'AliasArn');
    return { physicalId: AliasArn, attributes: { AliasArn } };
  },
  async update({ properties, invoke, physicalId, previousAttributes }) {
    await invoke('lambda', 'UpdateAlias', input(properties));
    return { physicalId, attributes: previousAttributes };
  },
  gone: ['ResourceNotFoundException'],
  async delete({ properties: { FunctionName, Name }, invoke }) {
    await invoke('lambda', 'DeleteAlias', { FunctionName, Name });
  },
});
