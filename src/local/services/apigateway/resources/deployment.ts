import { required } from '../../../invoke.ts';
import { ignoring, resourceType, unsupported } from '../../../service.ts';
import { patch } from './support.ts';

interface DeploymentProperties {
  readonly RestApiId: string;
  readonly Description?: string;
  readonly StageName?: string;
  readonly StageDescription?: {
    readonly Description?: string;
    readonly Variables?: Readonly<Record<string, string>>;
    readonly [name: string]: unknown;
  };
}

/** Of a stage description, its text and variables; the rest belongs into an AWS::ApiGateway::Stage and is refused by name. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-deployment.html */
export const deployment = resourceType<DeploymentProperties>({
  type: 'AWS::ApiGateway::Deployment',
  mode: 'live',
  honoured: ['RestApiId', 'Description', 'StageName', 'StageDescription'],
  async create({ properties: p, invoke }) {
    for (const name of Object.keys(p.StageDescription ?? {}))
      if (name !== 'Description' && name !== 'Variables')
        throw unsupported(`StageDescription.${name} of a deployment; define an AWS::ApiGateway::Stage`);
    const made = await invoke('apigateway', 'CreateDeployment', {
      restApiId: p.RestApiId,
      description: p.Description,
      stageName: p.StageName,
      stageDescription: p.StageDescription?.Description,
      variables: p.StageDescription?.Variables,
    });
    const id = required(made.id, 'id');
    return { physicalId: id, attributes: { DeploymentId: id } };
  },
  async update({ properties: p, previous, physicalId, previousAttributes, invoke }) {
    const patchOperations = patch('/description', p.Description ?? '', previous.Description ?? '');
    if (patchOperations.length > 0)
      await invoke('apigateway', 'UpdateDeployment', {
        restApiId: p.RestApiId,
        deploymentId: physicalId,
        patchOperations,
      });
    return { physicalId, attributes: previousAttributes };
  },
  gone: ['NotFoundException'],
  async delete({ physicalId, properties: { RestApiId: restApiId, StageName: stageName }, invoke }) {
    // The stage a deployment made goes with it.
    if (stageName)
      await ignoring(invoke('apigateway', 'DeleteStage', { restApiId, stageName }), 'NotFoundException');
    await invoke('apigateway', 'DeleteDeployment', { restApiId, deploymentId: physicalId });
  },
});
