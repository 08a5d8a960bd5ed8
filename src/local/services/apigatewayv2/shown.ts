/** Records as the API shows them. */
import type { Api, Deployment, Stage } from '@aws-sdk/client-apigatewayv2';
import type { ServiceEnvironment } from '../../service.ts';
import type { ApiRecord, DeploymentRecord, StageRecord } from './records.ts';

export const shownApi = (
  { createdAt, ...api }: ApiRecord,
  { region }: Pick<ServiceEnvironment, 'region'>,
) => ({
  ...(api as Omit<Api, 'Name' | 'ProtocolType' | 'RouteSelectionExpression'>),
  Name: api.Name,
  ProtocolType: api.ProtocolType,
  RouteSelectionExpression: api.RouteSelectionExpression,
  ApiEndpoint: `https://${api.ApiId}.execute-api.${region}.amazonaws.com`,
  ApiKeySelectionExpression: '$request.header.x-api-key',
  CreatedDate: new Date(createdAt),
});

export const shownStage = ({ createdAt, updatedAt, ...stage }: StageRecord): Stage => ({
  ...stage,
  CreatedDate: new Date(createdAt),
  LastUpdatedDate: new Date(updatedAt),
});

export const shownDeployment = ({ createdAt, ...deployment }: DeploymentRecord): Deployment => ({
  ...deployment,
  DeploymentStatus: 'DEPLOYED',
  CreatedDate: new Date(createdAt),
});
