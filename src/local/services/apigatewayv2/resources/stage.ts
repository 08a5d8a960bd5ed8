import type { AccessLogSettings, RouteSettings } from '@aws-sdk/client-apigatewayv2';
import { ignoring, resourceType } from '../../../service.ts';
import { retag } from './support.ts';

interface StageProperties {
  readonly ApiId: string;
  readonly StageName: string;
  readonly AccessLogSettings?: AccessLogSettings;
  readonly AutoDeploy?: boolean;
  readonly ClientCertificateId?: string;
  readonly DefaultRouteSettings?: RouteSettings;
  readonly DeploymentId?: string;
  readonly Description?: string;
  readonly RouteSettings?: Record<string, RouteSettings>;
  readonly StageVariables?: Record<string, string>;
  readonly Tags?: Readonly<Record<string, string>>;
}

/** Templates may write numbers as text in settings, which have no schema there. */
const settings = ({
  ThrottlingBurstLimit: burst,
  ThrottlingRateLimit: rate,
  ...more
}: RouteSettings): RouteSettings => ({
  ...more,
  ...(burst === undefined ? {} : { ThrottlingBurstLimit: Number(burst) }),
  ...(rate === undefined ? {} : { ThrottlingRateLimit: Number(rate) }),
});

const input = ({ Tags: _, ...p }: StageProperties) => ({
  ...p,
  ...(p.RouteSettings
    ? {
        RouteSettings: Object.fromEntries(
          Object.entries(p.RouteSettings).map(([key, value]) => [key, settings(value)]),
        ),
      }
    : {}),
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-stage.html */
export const stage = resourceType<StageProperties>({
  type: 'AWS::ApiGatewayV2::Stage',
  mode: 'live',
  honoured: [
    ...[
      'ApiId',
      'StageName',
      'AccessLogSettings',
      'AutoDeploy',
      'ClientCertificateId',
      'DefaultRouteSettings',
    ],
    ...['DeploymentId', 'Description', 'RouteSettings', 'StageVariables', 'Tags'],
  ],
  async find({ properties: { ApiId, StageName }, invoke }) {
    const found = invoke('apigatewayv2', 'GetStage', { ApiId, StageName });
    return (await ignoring(found, 'NotFoundException')) && { physicalId: StageName, attributes: {} };
  },
  async create({ properties: p, invoke, tags }) {
    await invoke('apigatewayv2', 'CreateStage', { ...input(p), Tags: tags });
    return { physicalId: p.StageName, attributes: {} };
  },
  async update({ properties: p, previous, physicalId, invoke, tags, previousTags }) {
    const at = { ApiId: p.ApiId, StageName: physicalId };
    if (previous.AccessLogSettings && !p.AccessLogSettings)
      await invoke('apigatewayv2', 'DeleteAccessLogSettings', at);
    for (const RouteKey of Object.keys(previous.RouteSettings ?? {}))
      if (p.RouteSettings?.[RouteKey] === undefined)
        await ignoring(
          invoke('apigatewayv2', 'DeleteRouteSettings', { ...at, RouteKey }),
          'NotFoundException',
        );
    await invoke('apigatewayv2', 'UpdateStage', {
      ...input(p),
      AutoDeploy: p.AutoDeploy ?? false,
      DefaultRouteSettings: p.DefaultRouteSettings ?? {},
      StageVariables: p.StageVariables ?? {},
      Description: p.Description ?? '',
    });
    await retag(`/apis/${p.ApiId}/stages/${physicalId}`, tags, previousTags, invoke);
    return { physicalId, attributes: {} };
  },
  gone: ['NotFoundException'],
  async delete({ physicalId, properties, invoke }) {
    await invoke('apigatewayv2', 'DeleteStage', { ApiId: properties.ApiId, StageName: physicalId });
  },
});
