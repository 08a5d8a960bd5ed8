/**
 * Usage as it was measured: what a local run counted, divided by the uses it served, as answers per use. What
 * cannot be attributed to one resource keeps the default answer and is named.
 */
import {
  type Architecture,
  isDeadLetterQueue,
  numberAt,
  type Resource,
} from '../../../architecture/index.ts';
import type { MeteredService, MeterTotal, UsageOf } from '../../../core/usage.ts';
import { sqsQueue } from '../pricers/sqs.ts';
import type { Uses } from '../report.ts';
import type { Answer, Usage } from '../usage/model.ts';
import { questionsOf } from '../usage/questions.ts';
import { type PhysicalIds, resourceFinder } from './resources.ts';

interface MeasuredUsage {
  readonly usage: Usage;
  /** What was metered and could not be attributed to a resource and a question. */
  readonly unused: readonly { readonly meter: string; readonly usage: string; readonly because: string }[];
}

/** `served`: how many uses the run served. */
export function usageFromMeter(
  totals: readonly MeterTotal[],
  app: Architecture,
  uses: Uses,
  served: number,
  physicalIds: PhysicalIds = {},
): MeasuredUsage {
  if (!(served > 0)) throw new RangeError(`a run serves at least one use, not ${served}`);
  const find = resourceFinder(app, physicalIds);
  const sums = new Map<
    string,
    { readonly total: MeterTotal; quantity: number; readonly of: Resource | undefined }
  >();
  for (const total of totals) {
    const of = find(total.service, total.resource) ?? soleQueue(total, app);
    const key = `${total.service} ${total.usage} ${of?.id ?? ''}`;
    const sum = sums.get(key) ?? { total, quantity: 0, of };
    sum.quantity += total.quantity;
    sums.set(key, sum);
  }
  const answers = new Map<string, Map<string, Answer>>();
  const { asked } = questionsOf(app);
  const asks = new Map(asked.map(({ resource, questions }) => [resource.id, questions]));
  const answer = (of: Resource, key: string, value: number, kind: 'month' | 'each'): boolean => {
    if (!asks.get(of.id)?.some((question) => question.key === key)) return false;
    const list = answers.get(of.id) ?? new Map<string, Answer>();
    list.set(
      key,
      kind === 'each' ? { kind: 'fixed', value } : { kind: 'per-use', perUse: value / served, fixed: 0 },
    );
    answers.set(of.id, list);
    return true;
  };
  const of = (service: string, usage: string, resource: Resource) =>
    sums.get(`${service} ${usage} ${resource.id}`)?.quantity ?? 0;
  const unused: MeasuredUsage['unused'][number][] = [];
  for (const { total, quantity, of: resource } of sums.values()) {
    const leave = (because: string) => unused.push({ meter: total.service, usage: total.usage, because });
    const question = questionsByMeter[`${total.service} ${total.usage.replace(/:(x86_64|arm64)$/, '')}`];
    if (question === undefined) {
      if (!/^requests:/.test(total.usage)) leave('the review has no question for it');
      continue;
    }
    if (resource === undefined) leave('the meter does not say of which resource it is');
    else if (question.each === undefined) {
      if (!answer(resource, question.key, quantity * (question.factor ?? 1), 'month'))
        leave('the review has no such question for its resource');
    } else answer(resource, question.key, question.each(quantity, resource, of, served), 'each');
  }
  return { usage: { uses, usesStated: true, answers }, unused };
}

type Counted = (service: string, usage: string, resource: Resource) => number;

interface MeteredQuestion {
  readonly key: string;
  readonly factor?: number;
  /** A property of each, from the run's sum. */
  readonly each?: (quantity: number, resource: Resource, counted: Counted, served: number) => number;
}

type Metered = { [S in MeteredService]: `${S} ${WithoutArchitecture<UsageOf<S>>}` }[MeteredService];
type WithoutArchitecture<U extends string> = U extends `${infer Usage}:${'x86_64' | 'arm64'}` ? Usage : U;

const questionsByMeter: Readonly<Record<string, MeteredQuestion | undefined>> = {
  'lambda requests': { key: 'invocations' },
  'lambda gb-seconds': {
    key: 'seconds',
    each: (quantity, resource, counted) => {
      const memory = numberAt(resource.properties, 'MemorySize');
      const calls = counted('lambda', 'requests', resource);
      return calls === 0 ? 0 : quantity / ((typeof memory === 'number' ? memory : 128) / 1024) / calls;
    },
  },
  'dynamodb write-request-units': { key: 'writes' },
  'dynamodb read-request-units': { key: 'reads' },
  'apigateway rest-requests': { key: 'requests' },
  'apigatewayv2 http-requests': { key: 'requests' },
  'logs ingested-bytes': { key: 'otherGB', factor: 2 ** -30 },
  'cloudfront requests-https': { key: 'requests' },
  'cloudfront invalidation-paths': { key: 'invalidations' },
  'sqs requests:SendMessage': { key: 'messages' },
} satisfies Partial<Record<Metered | `${MeteredService} requests:${string}`, MeteredQuestion>>;

/** The edge counts calls of SQS by service; with a single queue that is not for dead letters they are its own. */
function soleQueue({ service, usage }: MeterTotal, app: Architecture): Resource | undefined {
  if (service !== 'sqs' || !/SendMessage/.test(usage)) return undefined;
  const queues = app.ofType(...sqsQueue.types).filter((queue) => !isDeadLetterQueue(app, queue));
  return queues.length === 1 ? queues[0] : undefined;
}
