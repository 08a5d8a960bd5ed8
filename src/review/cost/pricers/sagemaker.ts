/** Model endpoints: https://aws.amazon.com/sagemaker/ai/pricing/ */
import {
  namedAt,
  numberAt,
  type Resource,
  scalingOf,
  textAt,
  type valueAt,
} from '../../../architecture/index.ts';
import { type Amount, times } from '../amount.ts';
import { arrivalsOf } from '../flow/arrivals.ts';
import { hoursPerMonth } from '../prices/index.ts';
import { instancesFor, rangeOf } from './ecs.ts';
import { type Flow, freeOfCharge, type Item, line, type Pricer, unpriced, unresolvedItem } from './model.ts';
import { mapsIn } from './properties.ts';
import { derived, each, monthly, oncePerUse, sumOf } from './questions.ts';

const page = 'https://aws.amazon.com/sagemaker/ai/pricing/';

const variantsOf = (endpoint: Resource, flow: Flow) =>
  namedAt(flow.app, endpoint, 'EndpointConfigName').flatMap(({ to }) =>
    mapsIn(to.properties.ProductionVariants),
  );

export const sageMakerEndpoint: Pricer = {
  types: ['AWS::SageMaker::Endpoint'],
  questions: (endpoint, flow) => {
    const [variant] = variantsOf(endpoint, flow);
    const first = numberAt(variant, 'InitialInstanceCount');
    return [
      monthly('requests', 'Calls of the model', 'request', (asked) => {
        const arrivals = arrivalsOf(endpoint, asked);
        return arrivals.length === 0
          ? oncePerUse('request', asked)
          : sumOf(arrivals, 'request', 'one for each call, event or message of');
      }),
      each('seconds', 'How long the model takes for one', 'second', 1, 'a short answer'),
      {
        key: 'instances',
        asks: 'Instances running on average',
        unit: 'instance',
        kind: 'each',
        defaultAnswer: (asked) => {
          const found = rangeOf(
            scalingOf(asked.app, endpoint).bounds[0],
            typeof first === 'number' ? first : 1,
          );
          return derived(
            instancesFor(
              asked.of(endpoint, 'requests'),
              asked.of(endpoint, 'seconds'),
              found.range ?? { min: 1, max: 1 },
              'instance',
            ),
            'as many as the calls take one after another, between the minimum and maximum of its scaling',
          );
        },
      },
    ];
  },
  items: (endpoint, flow) => {
    const variants = variantsOf(endpoint, flow);
    if (variants.length === 0)
      return [unpriced('Hosting', 'its configuration is not in the template', undefined, 'unresolved')];
    return variants.flatMap((variant, index) => {
      const part = variants.length > 1 ? String(variant.VariantName ?? index + 1) : undefined;
      return hosting(endpoint, flow, variant, part);
    });
  },
};

function hosting(
  endpoint: Resource,
  flow: Flow,
  variant: Parameters<typeof valueAt>[0],
  part: string | undefined,
): readonly Item[] {
  const more = part === undefined ? {} : { part };
  const memory = numberAt(variant, 'ServerlessConfig.MemorySizeInMB');
  if (typeof memory === 'number') {
    const seconds = times(flow.of(endpoint, 'requests'), flow.of(endpoint, 'seconds'));
    return [
      line('sagemaker.serverless.duration', times(seconds, memory / 1024, `${memory / 1024} GB`), more),
    ];
  }
  const type = textAt(variant, 'InstanceType');
  if (typeof type !== 'string') return [unresolvedItem('InstanceType', 'it cannot be known')];
  const hours: Amount = times(flow.of(endpoint, 'instances'), hoursPerMonth, `${hoursPerMonth} hours`);
  return [line(`sagemaker.hosting.${type}`, hours, more)];
}

export const sageMakerParts: Pricer = {
  types: ['AWS::SageMaker::Model', 'AWS::SageMaker::EndpointConfig'],
  items: () => [freeOfCharge('counted with the endpoint', page)],
};
