import { required } from '../../../invoke.ts';
import { resourceType } from '../../../service.ts';

interface Properties {
  readonly StateMachineArn: string;
  readonly StateMachineRevisionId?: string;
  readonly Description?: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-stepfunctions-statemachineversion.html */
export const version = resourceType<Properties>({
  type: 'AWS::StepFunctions::StateMachineVersion',
  mode: 'live',
  honoured: ['StateMachineArn', 'StateMachineRevisionId', 'Description'],
  async create({ properties: { StateMachineArn, StateMachineRevisionId, Description }, invoke }) {
    const { stateMachineVersionArn } = await invoke('states', 'PublishStateMachineVersion', {
      stateMachineArn: StateMachineArn,
      // What a machine was made with has no name in the API.
      revisionId: StateMachineRevisionId === 'INITIAL' ? undefined : StateMachineRevisionId,
      description: Description,
    });
    const arn = required(stateMachineVersionArn, 'stateMachineVersionArn');
    return { physicalId: arn, attributes: { Arn: arn } };
  },
  async delete({ physicalId, invoke }) {
    await invoke('states', 'DeleteStateMachineVersion', { stateMachineVersionArn: physicalId });
  },
});
