import { required } from '../../../invoke.ts';
import { ignoring, resourceType } from '../../../service.ts';

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

const state = ({ AliasArn }: { readonly AliasArn?: string | undefined } = {}) =>
  AliasArn === undefined ? undefined : { physicalId: AliasArn, attributes: { AliasArn } };

/** Provisioned concurrency is refused by name. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-alias.html */
export const alias = resourceType<AliasProperties>({
  type: 'AWS::Lambda::Alias',
  mode: 'live',
  honoured: ['FunctionName', 'Name', 'FunctionVersion', 'Description', 'RoutingConfig'],
  named: ['Name', 'FunctionName'],
  async find({ properties: { FunctionName, Name }, invoke }) {
    const found = invoke('lambda', 'GetAlias', { FunctionName, Name });
    return state(await ignoring(found, 'ResourceNotFoundException'));
  },
  async create({ properties, invoke }) {
    const made = await invoke('lambda', 'CreateAlias', input(properties));
    return required(state(made), 'AliasArn');
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
