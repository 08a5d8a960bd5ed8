/**
 * What the simulated work costs over time: only what grows and shrinks with load in the nodes of the model, at list
 * price. Storage, network, logs and idle resources are in the cost review.
 */

import {
  type Architecture,
  configurationOf,
  isUnresolved,
  listAt,
  type Resource,
  storeKind,
  textAt,
} from '../../../architecture/index.ts';
import type { Built } from '../model/context.ts';
import { isFargate, isOnSpot } from '../model/ecs-service.ts';
import type { CostLine, CostSummary, PricePort } from '../report.ts';
import type { NodeResult, SimulationResult } from '../simulator/model.ts';

const secondsInMonth = 730 * 3_600;
const covers =
  'What the simulated parts do: requests, invocations, messages, reads and writes, running tasks and instances, ' +
  'at list price before any free tier. Storage, network, logs and idle resources are in the cost review.';

interface Priced {
  readonly price: string;
  readonly what: string;
  readonly quantity: number;
  readonly unit: string;
  /** Spreads the sum over the buckets. */
  readonly weights: readonly number[] | undefined;
}
type Unpriced = { readonly what: string; readonly because: string };

export function costOf(
  app: Architecture,
  built: ReadonlyMap<string, Built>,
  result: SimulationResult,
  region: string,
  price: PricePort,
): CostSummary {
  const lines: CostLine[] = [];
  const notPriced: { node: string; what: string; because: string }[] = [];
  for (const node of result.nodes) {
    const holder = built.get(node.id);
    if (holder === undefined) continue;
    for (const item of itemsOf(app, holder, node)) {
      if ('because' in item) notPriced.push({ node: node.id, ...item });
      else if (item.quantity > 0) {
        const answer = price(item.price, region, item.quantity);
        if ('missing' in answer) notPriced.push({ node: node.id, what: item.what, because: answer.missing });
        else lines.push(lineOf(node, item, answer.usd));
      }
    }
  }
  const times = result.nodes[0]?.times ?? [];
  const total = times.map((_, index) => lines.reduce((sum, { series }) => sum + (series[index] ?? 0), 0));
  const windowUsd = lines.reduce((sum, line) => sum + line.windowUsd, 0);
  const length = Math.max(result.to - result.from, 1);
  return {
    times,
    total,
    lines,
    windowUsd,
    monthlyUsd: (windowUsd * secondsInMonth) / length,
    notPriced,
    covers,
  };
}

function lineOf(node: NodeResult, item: Priced, usd: number): CostLine {
  const sum = item.weights?.reduce((total, value) => total + value, 0) ?? 0;
  const series = node.times.map((_, index) =>
    sum > 0 ? (usd * (item.weights?.[index] ?? 0)) / sum : usd / node.times.length,
  );
  const { price, what, quantity, unit } = item;
  return { node: node.id, price, what, quantity, unit, windowUsd: usd, series };
}

function itemsOf(
  app: Architecture,
  { node, resource }: Built,
  result: NodeResult,
): readonly (Priced | Unpriced)[] {
  const { totals, series } = result;
  switch (node.kind) {
    case 'api':
      return [
        {
          price: apiPrice(resource),
          what: 'requests',
          quantity: totals.requests ?? totals.arrivals,
          unit: 'request',
          weights: series.arrivals,
        },
      ];
    case 'function': {
      const arm = listAt(resource.properties, 'Architectures').includes('arm64') ? '.arm64' : '';
      const weights = series.busy ?? series.arrivals;
      const provisioned = totals.provisionedGbSeconds ?? 0;
      return [
        {
          price: `lambda.requests${arm}`,
          what: 'invocations',
          quantity: totals.invocations ?? 0,
          unit: 'request',
          weights: series.arrivals,
        },
        {
          price: `lambda.duration${arm}`,
          what: 'duration',
          quantity: totals.gbSeconds ?? 0,
          unit: 'GB-second',
          weights,
        },
        {
          price: `lambda.provisioned-concurrency${arm}`,
          what: 'provisioned concurrency',
          quantity: provisioned,
          unit: 'GB-second',
          weights: undefined,
        },
      ];
    }
    case 'queue':
      return [
        {
          price: 'sqs.standard.requests',
          what: 'sends, receives and deletes (empty receives are not simulated)',
          quantity: (totals.sent ?? 0) + (totals.received ?? 0) + (totals.deleted ?? 0),
          unit: 'request',
          weights: series.arrivals,
        },
      ];
    case 'workers':
      return workerItems(app, resource, result);
    case 'endpoint': {
      const config = app.namedIn(resource.properties.EndpointConfigName)[0];
      const type = textAt(config?.properties, 'ProductionVariants.0.InstanceType');
      return [
        hours(`sagemaker.hosting.${isUnresolved(type) ? '' : type}`, `instances (${String(type)})`, result),
      ];
    }
    case 'database':
      return databaseItems(resource, node.id, result);
    case 'poller':
      return [];
  }
}

const apiPrice = (resource: Resource): string =>
  resource.type === 'AWS::ApiGateway::RestApi'
    ? 'api-gateway.rest.requests'
    : textAt(resource.properties, 'ProtocolType') === 'WEBSOCKET'
      ? 'api-gateway.websocket.messages'
      : 'api-gateway.http.requests';

const hours = (
  price: string,
  what: string,
  { totals, series }: NodeResult,
  each = 1,
  unit = 'hour',
): Priced => ({
  price,
  what,
  quantity: (((totals.taskSeconds ?? 0) + (totals.instanceSeconds ?? 0)) / 3_600) * each,
  unit,
  weights: series.running,
});

function workerItems(
  app: Architecture,
  resource: Resource,
  result: NodeResult,
): readonly (Priced | Unpriced)[] {
  const configuration = configurationOf(app, resource);
  if (configuration.properties.ContainerDefinitions === undefined) {
    const type =
      textAt(configuration.properties, 'LaunchTemplateData.InstanceType') ??
      textAt(configuration.properties, 'InstanceType');
    return typeof type === 'string'
      ? [hours(`ec2.${type}`, `instances (${type})`, result)]
      : [{ what: 'instances', because: 'the instance type is not known' }];
  }
  if (!isFargate(resource, configuration))
    return [{ what: 'tasks', because: 'they run on instances, which are priced in the cost review' }];
  if (isOnSpot(resource)) return [{ what: 'tasks', because: 'AWS publishes no list price for Fargate Spot' }];
  const cpu = Number(textAt(configuration.properties, 'Cpu'));
  const memory = Number(textAt(configuration.properties, 'Memory'));
  if (!(cpu > 0) || !(memory > 0)) return [{ what: 'tasks', because: 'the size of the task is not known' }];
  const arm = textAt(configuration.properties, 'RuntimePlatform.CpuArchitecture') === 'ARM64' ? '.arm64' : '';
  return [
    hours(`fargate.vcpu${arm}`, 'tasks, vCPU', result, cpu / 1024, 'vCPU-hour'),
    hours(`fargate.memory${arm}`, 'tasks, memory', result, memory / 1024, 'GB-hour'),
  ];
}

function databaseItems(
  resource: Resource,
  node: string,
  { totals, series }: NodeResult,
): readonly (Priced | Unpriced)[] {
  if (storeKind(resource) !== 'table') return [];
  if (textAt(resource.properties, 'BillingMode') !== 'PAY_PER_REQUEST') return [];
  const kind = node.endsWith('#writes') ? 'writes' : 'reads';
  const quantity = totals.requests ?? totals.arrivals;
  return [
    {
      price: `dynamodb.on-demand.${kind}`,
      what: kind,
      quantity,
      unit: 'request unit',
      weights: series.arrivals,
    },
  ];
}
