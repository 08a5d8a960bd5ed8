/** SageMaker real-time endpoints with one variant. Several variants, serverless and asynchronous ones are refused by name. */
import { listAt, type Resource, textAt, valueAt } from '../../../architecture/index.ts';
import { add, type Draft, notModelled, quantity, stated } from './context.ts';
import { endpointStart, inferenceTime, jobsAtOnce } from './defaults.ts';
import { boundsOf } from './scaling.ts';

export function buildEndpoints(draft: Draft): void {
  for (const endpoint of draft.app.ofType('AWS::SageMaker::Endpoint')) {
    const config = draft.app
      .namedIn(endpoint.properties.EndpointConfigName)
      .find(({ type }) => type === 'AWS::SageMaker::EndpointConfig');
    const because = refusal(config);
    if (because !== undefined || config === undefined) {
      notModelled(draft, endpoint, because ?? 'its configuration is not in this app');
      continue;
    }
    const given = draft.work(endpoint);
    const count = quantity(
      draft,
      config,
      'ProductionVariants.0.InitialInstanceCount',
      stated(1, 'one, when not given'),
    );
    const bounds = boundsOf(draft, endpoint, undefined);
    const min = bounds?.min ?? count;
    const max = bounds?.max ?? count;
    const desired = Math.min(Math.max(count.value, min.value), Math.max(max.value, min.value));
    add(
      draft,
      {
        kind: 'endpoint',
        id: endpoint.id,
        min,
        desired: { ...count, value: desired },
        max: max.value < min.value ? min : max,
        startUp: given?.startUp ?? endpointStart,
        concurrency: given?.concurrency ?? jobsAtOnce,
        service: given?.time ?? inferenceTime,
        timeout: stated(
          60,
          'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpoint.html',
        ),
        policies: bounds?.policies ?? [],
        ...(given?.failure === undefined ? {} : { failure: given.failure }),
      },
      endpoint,
    );
  }
}

function refusal(config: Resource | undefined): string | undefined {
  if (config === undefined) return 'its configuration is not in this app';
  const variants = listAt(config.properties, 'ProductionVariants');
  if (valueAt(config.properties, 'AsyncInferenceConfig') !== undefined)
    return 'asynchronous inference is not modelled';
  if (variants.length !== 1) return `${variants.length} production variants: only one is modelled`;
  if (valueAt(variants[0], 'ServerlessConfig') !== undefined) return 'serverless inference is not modelled';
  return textAt(variants[0], 'InstanceType') === undefined ? 'its instance type is not given' : undefined;
}
