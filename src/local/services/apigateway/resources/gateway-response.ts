import { type Invoke, resourceType } from '../../../service.ts';
import { gone } from './support.ts';

interface GatewayResponseProperties {
  readonly RestApiId: string;
  readonly ResponseType: string;
  readonly StatusCode?: string | number;
  readonly ResponseParameters?: Readonly<Record<string, string>>;
  readonly ResponseTemplates?: Readonly<Record<string, string>>;
}

const put = (p: GatewayResponseProperties, invoke: Invoke) =>
  invoke('apigateway', 'PutGatewayResponse', {
    restApiId: p.RestApiId,
    responseType: p.ResponseType,
    statusCode: p.StatusCode === undefined ? undefined : String(p.StatusCode),
    responseParameters: p.ResponseParameters,
    responseTemplates: p.ResponseTemplates,
  });

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-gatewayresponse.html */
export const gatewayResponse = resourceType<GatewayResponseProperties>({
  type: 'AWS::ApiGateway::GatewayResponse',
  mode: 'live',
  honoured: ['RestApiId', 'ResponseType', 'StatusCode', 'ResponseParameters', 'ResponseTemplates'],
  async create({ properties, invoke, uniqueName }) {
    await put(properties, invoke);
    const id = uniqueName(128);
    return { physicalId: id, attributes: { Id: id } };
  },
  async update({ properties, physicalId, previousAttributes, invoke }) {
    await put(properties, invoke);
    return { physicalId, attributes: previousAttributes };
  },
  delete: ({ properties, invoke }) =>
    gone(
      invoke('apigateway', 'DeleteGatewayResponse', {
        restApiId: properties.RestApiId,
        responseType: properties.ResponseType,
      }),
    ),
});
