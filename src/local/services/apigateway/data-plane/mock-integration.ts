/** MOCK integrations: the mapped request says a status, and nothing is called. */
import type { Exchange } from './exchange.ts';
import { GatewayFailure } from './gateway-answer.ts';
import type { IntegrationRequest, MappedAnswer } from './mapped-integration.ts';

/** AWS reads the template's outcome leniently: { statusCode: 200 } without quotes is what the CDK writes. */
export function askMock(exchange: Exchange, { body }: IntegrationRequest): MappedAnswer {
  const status = /["']?statusCode["']?\s*:\s*["']?(\d{3})/.exec(body.toString())?.[1];
  exchange.integration = { status: status ?? '', latencyMs: 0 };
  if (status === undefined) throw new GatewayFailure('API_CONFIGURATION_ERROR', 'Internal server error');
  return { status: Number(status), headers: {}, body: Buffer.alloc(0) };
}
