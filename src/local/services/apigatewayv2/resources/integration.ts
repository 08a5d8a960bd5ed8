import type {
  ConnectionType,
  CreateIntegrationRequest,
  IntegrationType,
  TlsConfigInput,
} from '@aws-sdk/client-apigatewayv2';
import { required } from '../../../invoke.ts';
import { resourceType } from '../../../service.ts';
import { withRemovals } from './support.ts';

interface IntegrationProperties {
  readonly ApiId: string;
  readonly IntegrationType: IntegrationType;
  readonly IntegrationSubtype?: string;
  readonly IntegrationUri?: string;
  readonly IntegrationMethod?: string;
  readonly PayloadFormatVersion?: string;
  readonly CredentialsArn?: string;
  readonly ConnectionType?: ConnectionType;
  readonly ConnectionId?: string;
  readonly Description?: string;
  readonly RequestParameters?: Record<string, string>;
  readonly ResponseParameters?: Readonly<
    Record<
      string,
      { readonly ResponseParameters?: readonly { readonly Destination?: string; readonly Source?: string }[] }
    >
  >;
  readonly TimeoutInMillis?: number;
  readonly TlsConfig?: TlsConfigInput;
}

/** Templates list what the API has as a map of destinations and sources. */
const input = ({ ResponseParameters, ...p }: IntegrationProperties): CreateIntegrationRequest => ({
  ...p,
  ...(ResponseParameters === undefined
    ? {}
    : {
        ResponseParameters: Object.fromEntries(
          Object.entries(ResponseParameters).map(([status, { ResponseParameters: list = [] }]) => [
            status,
            Object.fromEntries(list.map(({ Destination = '', Source = '' }) => [Destination, Source])),
          ]),
        ),
      }),
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-integration.html */
export const integration = resourceType<IntegrationProperties>({
  type: 'AWS::ApiGatewayV2::Integration',
  mode: 'live',
  honoured: [
    ...['ApiId', 'IntegrationType', 'IntegrationSubtype', 'IntegrationUri', 'IntegrationMethod'],
    ...['PayloadFormatVersion', 'CredentialsArn', 'ConnectionType', 'ConnectionId', 'Description'],
    ...['RequestParameters', 'ResponseParameters', 'TimeoutInMillis', 'TlsConfig'],
  ],
  async create({ properties: p, invoke }) {
    const made = await invoke('apigatewayv2', 'CreateIntegration', input(p));
    const id = required(made.IntegrationId, 'IntegrationId');
    return { physicalId: id, attributes: { IntegrationId: id } };
  },
  async update({ properties: p, previous, physicalId, previousAttributes, invoke }) {
    await invoke('apigatewayv2', 'UpdateIntegration', {
      ...withRemovals(input(p), input(previous)),
      IntegrationId: physicalId,
    });
    return { physicalId, attributes: previousAttributes };
  },
  gone: ['NotFoundException'],
  async delete({ physicalId, properties, invoke }) {
    await invoke('apigatewayv2', 'DeleteIntegration', { ApiId: properties.ApiId, IntegrationId: physicalId });
  },
});
