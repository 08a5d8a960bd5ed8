/** Properties of each type that are refused for what they say, with a part of each refusal. */
export interface Refused {
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  /** A part of each refusal of this resource. */
  readonly says: readonly string[];
  /** What it refers to. */
  readonly others?: Readonly<Record<string, unknown>>;
}

const member = (
  type: string,
  properties: Readonly<Record<string, unknown>>,
  says: string | readonly string[],
  others?: Readonly<Record<string, unknown>>,
): Refused => ({
  type: `AWS::${type}`,
  properties,
  says: typeof says === 'string' ? [says] : says,
  ...(others ? { others } : {}),
});

const method = (properties: object, says: string | readonly string[]) =>
  member(
    'ApiGateway::Method',
    { RestApiId: 'api', ResourceId: 'root', HttpMethod: 'GET', AuthorizationType: 'NONE', ...properties },
    says,
  );

export const refused: readonly Refused[] = [
  method({ AuthorizationType: 'AWS_IAM' }, 'the authorization type AWS_IAM'),
  method({ AuthorizationType: 'COGNITO_USER_POOLS', AuthorizerId: 'a', HttpMethod: 'FETCH' }, [
    'the authorization type COGNITO_USER_POOLS',
    'authorizers of REST APIs',
    'Invalid HttpMethod specified',
  ]),
  method({ Integration: { Type: 'HTTP', Uri: 'https://example.com', IntegrationHttpMethod: 'GET' } }, [
    'integrations of the type HTTP;',
  ]),
  method(
    {
      Integration: {
        Type: 'MOCK',
        ContentHandling: 'CONVERT_TO_TEXT',
        TimeoutInMillis: 100_000,
        RequestTemplates: { 'application/json': '$util.parseJson($x).call()' },
        IntegrationResponses: [{ StatusCode: '200', ContentHandling: 'CONVERT_TO_TEXT' }],
      },
      MethodResponses: [{ StatusCode: '200' }],
    },
    [
      'contentHandling CONVERT_TO_TEXT of integrations',
      'Timeout should be between',
      'in mapping templates',
      'contentHandling CONVERT_TO_TEXT of responses',
    ],
  ),
  member(
    'ApiGateway::Stage',
    { RestApiId: 'a', DeploymentId: 'd', StageName: 'a b', CacheClusterEnabled: true },
    ['caches of stages', 'Stage name only allows'],
  ),
  member(
    'ApiGateway::Stage',
    {
      RestApiId: 'a',
      DeploymentId: 'd',
      StageName: 'prod',
      MethodSettings: [{ ResourcePath: '/*', HttpMethod: '*', CachingEnabled: true }],
      AccessLogSetting: { DestinationArn: 'arn:aws:firehose:us-east-1:000000000000:deliverystream/x' },
    },
    ['caches of stages (caching/enabled)', 'access logs to arn:aws:firehose'],
  ),
  member(
    'ApiGateway::RestApi',
    {
      Name: 'api',
      EndpointConfiguration: { Types: ['PRIVATE'] },
      MinimumCompressionSize: 0,
      ApiKeySourceType: 'AUTHORIZER',
      Policy: { Statement: 'x' },
    },
    [
      'private REST APIs',
      'compression by API Gateway',
      'API keys from an authorizer',
      'Invalid policy document',
    ],
  ),
  member(
    'ApiGateway::Deployment',
    { RestApiId: 'a', StageDescription: { TracingEnabled: true } },
    'StageDescription.TracingEnabled',
  ),
  member('ApiGateway::Model', { RestApiId: 'a', Name: 'a-b', Schema: 'no json' }, [
    'Model name must be alphanumeric',
    'Invalid model schema specified',
  ]),
  member('ApiGateway::Resource', { RestApiId: 'a', ParentId: 'p', PathPart: 'a/b' }, "Resource's path part"),
  member(
    'ApiGateway::GatewayResponse',
    { RestApiId: 'a', ResponseType: 'NO_SUCH' },
    'Invalid gateway response type',
  ),
  member(
    'ApiGateway::UsagePlan',
    { ApiStages: [{ ApiId: 'a', Stage: 's', Throttle: { '/x/GET': { RateLimit: 1 } } }] },
    'throttling per method of a usage plan',
  ),
  member('ApiGateway::ApiKey', { Value: 'short' }, 'API Key value should be at least 20'),
];
