/** Model endpoints: https://aws.amazon.com/sagemaker/ai/pricing/ . Models by the token: https://aws.amazon.com/bedrock/pricing/ */
import { numberAt, type Resource, textAt, type valueAt } from '../../../architecture/index.ts';
import { type Amount, constant, perUse, times } from '../amount.ts';
import { mapsIn, scalingOf } from '../flow/triggers.ts';
import { hoursPerMonth } from '../prices/index.ts';
import { assumed, derived, each, monthly } from './answers.ts';
import { instancesFor, rangeOf } from './ecs.ts';
import { type Flow, type Item, isFree, line, type Pricer, unpriced, unresolvedItem } from './model.ts';

const page = 'https://aws.amazon.com/sagemaker/ai/pricing/';

const variantsOf = (endpoint: Resource, flow: Flow) =>
  flow.app
    .namedIn(endpoint.properties.EndpointConfigName)
    .flatMap((config) => mapsIn(config.properties.ProductionVariants));

export const sageMakerEndpoint: Pricer = {
  types: ['AWS::SageMaker::Endpoint'],
  questions: (endpoint, flow) => {
    const [variant] = variantsOf(endpoint, flow);
    const first = numberAt(variant, 'InitialInstanceCount');
    return [
      monthly('requests', 'Calls of the model', 'request', (asked) => {
        const callers = asked.callers(endpoint, 'sagemaker:InvokeEndpoint');
        const [caller] = callers;
        return caller === undefined
          ? assumed(perUse(1, 'request'), `one per ${asked.uses.unit}, until it is said`)
          : derived(asked.workOf(caller), `one for each piece of work of ${caller.name}`);
      }),
      each('seconds', 'How long the model takes for one', 'second', 1, 'a short answer'),
      {
        key: 'instances',
        asks: 'Instances running on average',
        unit: 'instance',
        kind: 'each',
        suppose: (asked) => {
          const found = rangeOf(scalingOf(endpoint, asked.app), typeof first === 'number' ? first : 1);
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
  items: () => [isFree('counted with the endpoint', page)],
};

export const bedrock: Pricer = {
  types: ['AWS::Bedrock::*'],
  items: ({ type }) => [
    type.endsWith('Alias') || type.endsWith('DataSource') || type.endsWith('Version')
      ? isFree('part of an agent or knowledge base', 'https://aws.amazon.com/bedrock/pricing/')
      : line('bedrock.tokens', constant(0, 'token')),
  ],
};
