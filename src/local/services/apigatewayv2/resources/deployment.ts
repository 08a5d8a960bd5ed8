import { required } from '../../../invoke.ts';
import { resourceType } from '../../../service.ts';

interface DeploymentProperties {
  readonly ApiId: string;
  readonly Description?: string;
  readonly StageName?: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-deployment.html */
export const deployment = resourceType<DeploymentProperties>({
  type: 'AWS::ApiGatewayV2::Deployment',
  mode: 'live',
  honoured: ['ApiId', 'Description', 'StageName'],
  async create({ properties, invoke }) {
    const made = await invoke('apigatewayv2', 'CreateDeployment', properties);
    const id = required(made.DeploymentId, 'DeploymentId');
    return { physicalId: id, attributes: { DeploymentId: id } };
  },
  async update({ properties: p, previous, physicalId, previousAttributes, invoke }) {
    const DeploymentId = physicalId;
    await invoke('apigatewayv2', 'UpdateDeployment', {
      ApiId: p.ApiId,
      DeploymentId,
      Description: p.Description ?? '',
    });
    if (p.StageName !== undefined && p.StageName !== previous.StageName)
      await invoke('apigatewayv2', 'UpdateStage', { ApiId: p.ApiId, StageName: p.StageName, DeploymentId });
    return { physicalId, attributes: previousAttributes };
  },
  gone: ['NotFoundException'],
  async delete({ physicalId, properties, invoke }) {
    await invoke('apigatewayv2', 'DeleteDeployment', { ApiId: properties.ApiId, DeploymentId: physicalId });
  },
});
