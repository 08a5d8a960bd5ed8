/**
 * AWS integrations: a request to an AWS API, signed with the credentials of the integration's role.
 * https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html#apigw-Type-Integration-uri
 */

import type { RoleInvokes } from '../../../api-gateway/roles.ts';
import { AwsError, type ServiceEnvironment } from '../../../service.ts';
import { awsUri } from '../integration-features.ts';
import type { IntegrationRecord } from '../records.ts';
import type { Exchange } from './exchange.ts';
import { GatewayFailure } from './gateway-answer.ts';
import type { IntegrationRequest, MappedAnswer } from './mapped-integration.ts';
import { placed, withStageVariables } from './uri.ts';

export async function askAws(
  exchange: Exchange,
  integration: IntegrationRecord,
  request: IntegrationRequest,
  env: ServiceEnvironment,
  roles: RoleInvokes,
): Promise<MappedAnswer> {
  const named = awsUri.exec(withStageVariables(integration.uri ?? '', exchange))?.groups ?? {};
  const { region = env.region, subdomain, api = '', how, rest = '' } = named;
  const query = new URLSearchParams(request.query);
  let action: string | undefined;
  let path = '/';
  if (how === 'action') {
    const [first = '', ...more] = rest.split('&');
    action = first;
    for (const [name, value] of new URLSearchParams(more.join('&'))) query.append(name, value);
  } else {
    const mark = rest.indexOf('?');
    path = `/${placed(mark < 0 ? rest : rest.slice(0, mark), request.path)}`;
    if (mark >= 0)
      for (const [name, value] of new URLSearchParams(rest.slice(mark + 1))) query.append(name, value);
  }
  try {
    return await env.callApi(
      {
        api,
        region,
        subdomain: subdomain === undefined ? undefined : placed(subdomain, request.path),
        action,
        method: integration.httpMethod ?? 'POST',
        path,
        query,
        headers: { accept: 'application/json', ...request.headers },
        body: request.body,
      },
      await roles.session(integration.credentials ?? ''),
    );
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    exchange.integration = { status: String(error.status), error: `${error.code}: ${error.message}` };
    throw new GatewayFailure('API_CONFIGURATION_ERROR', 'Internal server error');
  }
}
