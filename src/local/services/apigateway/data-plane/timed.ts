/** The integration's part of a request: held to its timeout, and its time kept for metrics and logs. */
import type { ServiceEnvironment } from '../../../service.ts';
import type { IntegrationRecord } from '../records.ts';
import type { Exchange } from './exchange.ts';
import { GatewayFailure } from './gateway-answer.ts';

/** In real time, like what it waits for. */
export async function timed<T extends { readonly status: number }>(
  exchange: Exchange,
  integration: IntegrationRecord,
  { clock }: Pick<ServiceEnvironment, 'clock'>,
  work: Promise<T>,
): Promise<T> {
  const started = performance.now();
  try {
    const answer = await within(work, integration, clock);
    exchange.integration = { status: String(answer.status) };
    return answer;
  } catch (error) {
    if (error instanceof GatewayFailure && error.type === 'INTEGRATION_TIMEOUT')
      exchange.integration = { error: 'Execution failed: timed out' };
    throw error;
  } finally {
    exchange.integration = { ...exchange.integration, latencyMs: performance.now() - started };
  }
}

function within<T>(
  work: Promise<T>,
  integration: IntegrationRecord,
  clock: ServiceEnvironment['clock'],
): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = clock.afterReal(integration.timeoutInMillis ?? 29_000, () =>
      reject(new GatewayFailure('INTEGRATION_TIMEOUT', 'Endpoint request timed out')),
    );
    work.then(resolve, reject).finally(() => timer.cancel());
  });
}
