import type { GatewayResponseType } from '@aws-sdk/client-api-gateway';
import { type Invoke, resourceType } from '../../../service.ts';

interface GatewayResponseProperties {
  readonly RestApiId: string;
  readonly ResponseType: GatewayResponseType;
  readonly StatusCode?: string;
  readonly ResponseParameters?: Readonly<Record<string, string>>;
  readonly ResponseTemplates?: Readonly<Record<string, string>>;
}

const put = (p: GatewayResponseProperties, invoke: Invoke) =>
  invoke('apigateway', 'PutGatewayResponse', {
    restApiId: p.RestApiId,
    responseType: p.ResponseType,
    statusCode: p.StatusCode,
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
  gone: ['NotFoundException'],
  async delete({ properties, invoke }) {
    await invoke('apigateway', 'DeleteGatewayResponse', {
      restApiId: properties.RestApiId,
      responseType: properties.ResponseType,
    });
  },
});
