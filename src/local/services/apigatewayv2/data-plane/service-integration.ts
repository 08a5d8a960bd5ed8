/** First-class integrations: a request to an AWS API, signed with the credentials of the integration's role. */
import { lookup } from '../../../../core/lookup.ts';
import type { RoleInvokes } from '../../../api-gateway/roles.ts';
import { AwsError, type ServiceEnvironment } from '../../../service.ts';
import type { IntegrationRecord } from '../records.ts';
import { type Exchange, internalError } from './exchange.ts';
import { type MappedAnswer, selected } from './mapping.ts';
import { queryOf, subtypes } from './subtypes.ts';

export async function askService(
  exchange: Exchange,
  integration: IntegrationRecord,
  env: ServiceEnvironment,
  roles: RoleInvokes,
): Promise<MappedAnswer> {
  const subtype = lookup(subtypes, integration.IntegrationSubtype ?? '');
  if (!subtype) throw internalError('API_CONFIGURATION_ERROR');
  const parameters: Record<string, string> = {};
  for (const [name, expression] of Object.entries(integration.RequestParameters ?? {})) {
    const value = selected(expression, exchange, env);
    if (value !== undefined) parameters[name] = value;
  }
  const { Region: region = env.region, ...given } = parameters;
  try {
    const session = await roles.session(integration.CredentialsArn ?? '');
    const { status, headers, body } = await env.callApi(
      {
        api: subtype.api,
        region,
        action: subtype.action,
        method: 'POST',
        path: '/',
        query: new URLSearchParams(),
        headers: {
          'content-type': subtype.body ? 'application/x-amz-json-1.1' : 'application/x-www-form-urlencoded',
        },
        body: Buffer.from(subtype.body ? JSON.stringify(subtype.body(given)) : formOf(subtype.action, given)),
      },
      session,
    );
    const type = headers['content-type'];
    return {
      status,
      headers: { 'content-type': typeof type === 'string' ? type : 'application/json' },
      body,
    };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    exchange.integration = { ...exchange.integration, error: `${error.code}: ${error.message}` };
    throw internalError();
  }
}

function formOf(action: string, parameters: Readonly<Record<string, string>>): string {
  const form = queryOf(parameters);
  form.set('Action', action);
  form.set('Version', '2012-11-05');
  return form.toString();
}
