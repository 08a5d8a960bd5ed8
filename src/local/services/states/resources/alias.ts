import { required } from '../../../invoke.ts';
import { ignoring, resourceType, unsupported } from '../../../service.ts';

interface Properties {
  readonly Name?: string;
  readonly Description?: string;
  readonly RoutingConfiguration?: readonly {
    readonly StateMachineVersionArn: string;
    readonly Weight: number;
  }[];
  readonly DeploymentPreference?: {
    readonly StateMachineVersionArn: string;
    readonly Type: string;
    readonly Percentage?: number;
    readonly Interval?: number;
    readonly Alarms?: readonly string[];
  };
}

/** Deployments that shift in steps need time and alarms; here the version is there at once or not at all. */
function routes({ RoutingConfiguration, DeploymentPreference: preference }: Properties) {
  if (preference && preference.Type !== 'ALL_AT_ONCE')
    throw unsupported(`the DeploymentPreference ${preference.Type} of a state machine's alias`);
  if (preference?.Alarms?.length)
    throw unsupported("Alarms in the DeploymentPreference of a state machine's alias");
  return preference
    ? [{ stateMachineVersionArn: preference.StateMachineVersionArn, weight: 100 }]
    : (RoutingConfiguration ?? []).map((one) => ({
        stateMachineVersionArn: one.StateMachineVersionArn,
        weight: one.Weight,
      }));
}

const state = (arn: string) => ({ physicalId: arn, attributes: { Arn: arn } });

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-stepfunctions-statemachinealias.html */
export const alias = resourceType<Properties>({
  type: 'AWS::StepFunctions::StateMachineAlias',
  mode: 'live',
  honoured: ['Name', 'Description', 'RoutingConfiguration', 'DeploymentPreference', 'StateMachineArn'],
  gone: ['ResourceNotFound'],
  async find({ properties: p, invoke, uniqueName }) {
    const [first] = routes(p);
    const machine = first?.stateMachineVersionArn.split(':').slice(0, 7).join(':') ?? '';
    const arn = `${machine}:${p.Name ?? uniqueName(80)}`;
    const found = invoke('states', 'DescribeStateMachineAlias', { stateMachineAliasArn: arn });
    return (await ignoring(found, 'ResourceNotFound')) && state(arn);
  },
  async create({ properties: p, invoke, uniqueName }) {
    const { stateMachineAliasArn } = await invoke('states', 'CreateStateMachineAlias', {
      name: p.Name ?? uniqueName(80),
      description: p.Description,
      routingConfiguration: routes(p),
    });
    return state(required(stateMachineAliasArn, 'stateMachineAliasArn'));
  },
  async update({ properties: p, physicalId, invoke }) {
    await invoke('states', 'UpdateStateMachineAlias', {
      stateMachineAliasArn: physicalId,
      description: p.Description ?? '',
      routingConfiguration: routes(p),
    });
    return state(physicalId);
  },
  async delete({ physicalId, invoke }) {
    await invoke('states', 'DeleteStateMachineAlias', { stateMachineAliasArn: physicalId });
  },
});
