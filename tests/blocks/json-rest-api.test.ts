import { expect, test } from 'vitest';
import { JsonFunction, JsonRestApi, stageOf } from '../../src/blocks/index.ts';
import { api, fixture, newStack, resourcesOf, templateOf } from './synth.ts';

test('a bad body is answered by the gateway with the field, readable by the page', () => {
  const template = templateOf(api('prod', { allowOrigin: 'https://example.org' }));
  const responses = resourcesOf(template, 'AWS::ApiGateway::GatewayResponse').map((each) => each.Properties);
  const badBody = responses.find((each) => each?.ResponseType === 'BAD_REQUEST_BODY');
  expect(badBody).toMatchObject({
    StatusCode: '400',
    ResponseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': "'https://example.org'" },
    ResponseTemplates: {
      'application/json':
        '{"message":$context.error.messageString,"error":"$context.error.validationErrorString"}',
    },
  });
  const post = resourcesOf(template, 'AWS::ApiGateway::Method').find(
    (each) => each.Properties?.HttpMethod === 'POST',
  );
  expect(post?.Properties).toHaveProperty(['RequestModels', 'application/json']);
  expect(post?.Properties).toHaveProperty('RequestValidatorId');
});

test('asks for no key by default, and for one on every method but the preflight when told to', () => {
  const keysOf = (template: ReturnType<typeof templateOf>) =>
    resourcesOf(template, 'AWS::ApiGateway::Method')
      .filter((each) => each.Properties?.HttpMethod !== 'OPTIONS')
      .map((each) => each.Properties?.ApiKeyRequired);
  expect(keysOf(templateOf(api('prod')))).toEqual([false, false]);
  const keyed = templateOf(api('prod', { apiKey: { rateLimit: 10, burstLimit: 20, quotaPerDay: 1000 } }));
  expect(keysOf(keyed)).toEqual([true, true]);
  expect(resourcesOf(keyed, 'AWS::ApiGateway::UsagePlan')[0]?.Properties).toMatchObject({
    Throttle: { RateLimit: 10, BurstLimit: 20 },
    Quota: { Limit: 1000, Period: 'DAY' },
  });
  expect(resourcesOf(keyed, 'AWS::ApiGateway::UsagePlanKey')).toHaveLength(1);
});

test('has no CORS methods and headers without an origin', () => {
  const template = templateOf(api('prod'));
  expect(JSON.stringify(template)).not.toContain('Access-Control-Allow-Origin');
  expect(JSON.stringify(template)).not.toContain('"HttpMethod":"OPTIONS"');
});

test('refuses several origins, a wildcard and an origin with a path', () => {
  for (const allowOrigin of ['*', 'https://a.example,https://b.example', 'https://a.example/']) {
    expect(() => api('prod', { allowOrigin })).toThrow(/allowOrigin takes one origin/);
  }
});

test('refuses a body schema on a method without a body', () => {
  const { stack } = newStack();
  const made = new JsonRestApi(stack, 'Api', { stage: stageOf('dev'), name: 'things' });
  const fn = new JsonFunction(stack, 'Handler', { stage: stageOf('dev'), entry: fixture('handler.ts') });
  expect(() => made.route('GET', '/things', fn.function, { body: {} })).toThrow(
    'GET /things has a body schema',
  );
});

test("a function's role may write its own log and nothing else", () => {
  const template = templateOf(api('prod'));
  const policies = resourcesOf(template, 'AWS::IAM::Policy').map((each) => each.Properties?.PolicyDocument);
  expect(policies).toEqual([
    {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          Resource: { 'Fn::GetAtt': [expect.stringMatching(/^HandlerLogs/), 'Arn'] },
        },
      ],
    },
  ]);
});
