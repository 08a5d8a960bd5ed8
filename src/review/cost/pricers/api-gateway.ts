/** REST, HTTP and WebSocket APIs: https://aws.amazon.com/api-gateway/pricing/ */
import {
  distributionsBefore,
  ownersOf,
  partsOf,
  type Resource,
  textAt,
} from '../../../architecture/index.ts';
import { type Amount, computed, constant, counted, numberText, perUse, sum, times } from '../amount.ts';
import { hoursPerMonth } from '../prices/index.ts';
import { logLines } from './logs.ts';
import {
  assumption,
  type Flow,
  freeOfCharge,
  type Item,
  line,
  type Pricer,
  type Question,
  unpriced,
} from './model.ts';
import { mapsIn, read } from './properties.ts';
import { allMonth, assumed, derived, each, kbPerGb, monthly, oncePerUse, perGb } from './questions.ts';

const page = 'https://aws.amazon.com/api-gateway/pricing/';

const bodies: readonly Question[] = [
  each('responseKB', 'Size of an answer of this route', 'KB', 1, 'a short JSON answer'),
  each('requestKB', 'Size of a request body of this route', 'KB', 1, 'a short JSON body'),
];

/** Routes and methods; an authorizer or a stage of the API asks nothing. */
const routesOf = (api: Resource, flow: Flow): readonly Resource[] =>
  partsOf(flow.app, api).filter((part) => flow.asks(part, 'responseKB'));

const isPreflight = (method: Resource) => textAt(method.properties, 'HttpMethod') === 'OPTIONS';

/** Browsers ask before they call another origin; behind the page's own distribution there is none. */
function preflights(method: Resource, flow: Flow) {
  const [, api] = ownersOf(flow.app, method);
  if (api !== undefined && distributionsBefore(flow.app, api).length > 0)
    return derived(
      constant(0, 'request'),
      'the API is behind the page’s own distribution, so browsers ask for no permission',
    );
  const path = String(textAt(method.properties, 'ResourceId'));
  const asked = flow.app
    .ofType(...apiMethod.types)
    .filter((one) => !isPreflight(one) && textAt(one.properties, 'ResourceId') === path);
  return derived(
    sum(
      asked.map((one) => flow.of(one, 'requests')),
      'request',
    ),
    'one preflight before each call of the same path from another origin, as far as browsers do not keep the answer',
  );
}

export const apiMethod: Pricer = {
  types: ['AWS::ApiGateway::Method'],
  work: 'requests',
  questions: (method) => [
    monthly('requests', 'Calls of this route', 'request', (flow) =>
      isPreflight(method) ? preflights(method, flow) : oncePerUse('request', flow),
    ),
    ...bodies,
  ],
  items: () => [freeOfCharge('its calls are counted with its API', page)],
};

export const apiRoute: Pricer = {
  types: ['AWS::ApiGatewayV2::Route'],
  work: 'requests',
  questions: (route) => [
    monthly('requests', 'Calls of this route', 'request', (flow) => {
      const [, api] = ownersOf(flow.app, route);
      const key = textAt(route.properties, 'RouteKey');
      if (api === undefined || !flow.asks(api, 'messages')) return oncePerUse('request', flow);
      if (key === '$connect' || key === '$disconnect')
        return derived(flow.of(api, 'connections'), 'once for each connection');
      return derived(flow.of(api, 'messages'), 'every message takes one route');
    }),
    ...bodies,
  ],
  items: () => [freeOfCharge('its calls are counted with its API', page)],
};

/** Requests of an API, over all its routes or as stated on the API itself. */
const requests = (api: Resource): Question =>
  monthly('requests', 'Calls of this API', 'request', (flow) => {
    const routes = routesOf(api, flow);
    if (routes.length === 0) return oncePerUse('request', flow);
    return derived(
      sum(
        routes.map((route) => flow.of(route, 'requests')),
        'request',
      ),
      'the sum of its routes',
    );
  });

/** GB of answers a month. */
export function bytesOut(api: Resource, flow: Flow): Amount {
  const routes = routesOf(api, flow);
  if (routes.length === 0) return times(flow.of(api, 'requests'), 1 / kbPerGb, '1 KB');
  return sum(
    routes.map((route) =>
      times(times(flow.of(route, 'requests'), flow.of(route, 'responseKB')), 1 / kbPerGb, perGb),
    ),
    'GB',
  );
}

/** GB of request bodies a month. */
export function bytesIn(api: Resource, flow: Flow): Amount {
  const changing = routesOf(api, flow).filter(
    (route) =>
      !/^(GET|HEAD|OPTIONS)\b/.test(String(route.properties.HttpMethod ?? route.properties.RouteKey)),
  );
  return sum(
    changing.map((route) =>
      times(times(flow.of(route, 'requests'), flow.of(route, 'requestKB')), 1 / kbPerGb, perGb),
    ),
    'GB',
  );
}

/** Answers leave AWS from the API itself, unless CloudFront fetches them, which costs nothing. */
function egress(api: Resource, flow: Flow): readonly Item[] {
  const before = distributionsBefore(flow.app, api);
  if (before.length > 0)
    return [
      assumption(
        'Where its answers leave AWS',
        `through ${before.map((one) => one.logicalId).join(', ')}`,
        'a distribution names it as an origin; AWS does not charge for transfer to CloudFront ' +
          '(https://aws.amazon.com/cloudfront/pricing/)',
      ),
    ];
  return [line('data-transfer.out', bytesOut(api, flow), { part: 'answers' })];
}

export const restApi: Pricer = {
  types: ['AWS::ApiGateway::RestApi'],
  work: 'requests',
  questions: (api) => [requests(api)],
  items: (api, flow) => [line('api-gateway.rest.requests', flow.of(api, 'requests')), ...egress(api, flow)],
};

const isWebSocket = (api: Resource): boolean => textAt(api.properties, 'ProtocolType') === 'WEBSOCKET';

export const apiV2: Pricer = {
  types: ['AWS::ApiGatewayV2::Api'],
  work: (api) => (isWebSocket(api) ? 'messages' : 'requests'),
  questions: (api) => {
    if (!isWebSocket(api)) return [requests(api)];
    return [
      monthly('connections', 'Connections opened', 'connection', (flow) => oncePerUse('connection', flow)),
      monthly('messages', 'Messages in both directions, each 32 KB begun', 'message', () =>
        assumed(perUse(20, 'message'), 'ten questions and answers'),
      ),
      each('minutes', 'How long a connection stays open', 'minute', 10, 'a short conversation'),
    ];
  },
  items: (api, flow) => {
    const { text, missing } = read(api);
    const protocol = text('ProtocolType', 'HTTP');
    if (protocol === undefined) return missing;
    if (protocol !== 'WEBSOCKET')
      return [line('api-gateway.http.requests', flow.of(api, 'requests')), ...egress(api, flow)];
    return [
      line('api-gateway.websocket.messages', flow.of(api, 'messages')),
      line(
        'api-gateway.websocket.connection-minutes',
        times(flow.of(api, 'connections'), flow.of(api, 'minutes')),
      ),
      line('data-transfer.out', times(flow.of(api, 'messages'), 1 / kbPerGb, '1 KB'), {
        part: 'messages',
        note: 'a kilobyte a message',
      }),
    ];
  },
};

const apiOf = (stage: Resource, flow: Flow): Resource | undefined =>
  ownersOf(flow.app, stage).find((one) => one !== stage && flow.workOf(one) !== undefined);

/** Settings of single methods or routes, and of all of them. */
const settingsOf = ({ properties }: Resource) => [
  ...mapsIn(properties.MethodSettings),
  ...mapsIn([properties.DefaultRouteSettings ?? '', ...Object.values(properties.RouteSettings ?? {})]),
];
const logsExecutions = (stage: Resource): boolean =>
  settingsOf(stage).some(({ LoggingLevel }) => LoggingLevel === 'INFO');

/**
 * Detailed metrics are billed as custom ones, for each hour in which the route is called. Count, errors of both kinds
 * and two latencies: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
 */
const metricsOfRoute = 5;

function detailedMetrics(stage: Resource, flow: Flow): readonly Item[] {
  const isOn = settingsOf(stage).some(
    ({ MetricsEnabled, DetailedMetricsEnabled }) =>
      String(MetricsEnabled) === 'true' || String(DetailedMetricsEnabled) === 'true',
  );
  if (!isOn) return [];
  const api = apiOf(stage, flow);
  if (api === undefined) return [unpriced('Detailed metrics', 'its API is not in the template')];
  const routes = routesOf(api, flow);
  const calls = (routes.length === 0 ? [api] : routes).flatMap((one) => flow.workOf(one) ?? []);
  const hours = (uses: number): number =>
    calls.reduce((all, amount) => all + Math.min(1, amount.quantity(uses) / hoursPerMonth), 0);
  return [
    line(
      'cloudwatch.metrics',
      computed(
        (uses) => metricsOfRoute * hours(uses),
        ({ uses }) =>
          `${metricsOfRoute} metrics × ${counted(calls.length, 'route')}, in the ${numberText(calls.length === 0 ? 0 : (hours(uses) / calls.length) * 100)} % of hours with a call`,
      ),
      { part: 'detailed metrics' },
    ),
  ];
}

function executionLogs(stage: Resource, flow: Flow): readonly Item[] {
  const api = apiOf(stage, flow);
  if (!logsExecutions(stage) || api === undefined)
    return settingsOf(stage).some(({ LoggingLevel }) => LoggingLevel === 'ERROR')
      ? [assumption('Logs of its executions', 'none', 'it logs errors only, and none are expected')]
      : [];
  const work = flow.workOf(api) ?? constant(0, 'request');
  return [
    ...logLines(times(work, flow.of(stage, 'executionKB')), 12, 'standard', 'execution logs'),
    assumption(
      'How long its execution logs are kept',
      '12 months',
      'API Gateway makes their group, which never expires',
    ),
  ];
}

export const apiStage: Pricer = {
  types: ['AWS::ApiGateway::Stage', 'AWS::ApiGatewayV2::Stage'],
  questions: (stage) =>
    logsExecutions(stage)
      ? [each('executionKB', 'Execution log of a call', 'KB', 3, 'a dozen lines at level INFO')]
      : [],
  items: (stage, flow) => {
    const { flag, text, missing } = read(stage);
    const extras = [...detailedMetrics(stage, flow), ...executionLogs(stage, flow), ...missing];
    if (flag('CacheClusterEnabled', false) === true) {
      const size = text('CacheClusterSize', '0.5');
      if (size !== undefined) return [line(`api-gateway.cache.${size}gb`, allMonth()), ...extras];
    }
    if (extras.some(({ kind }) => kind !== 'assumed')) return extras;
    return [
      freeOfCharge('a stage without a cache costs nothing; its calls are counted with its API', page),
      ...extras,
    ];
  },
};

export const functionUrl: Pricer = {
  types: ['AWS::Lambda::Url'],
  work: 'requests',
  questions: () => [
    monthly('requests', 'Calls of this URL', 'request', (flow) => oncePerUse('request', flow)),
    each('responseKB', 'Size of an answer', 'KB', 1, 'a short JSON answer'),
  ],
  items: (url, flow) => {
    const streams = read(url).text('InvokeMode', 'BUFFERED') === 'RESPONSE_STREAM';
    const out = times(times(flow.of(url, 'requests'), flow.of(url, 'responseKB')), 1 / kbPerGb, perGb);
    return [
      ...(distributionsBefore(flow.app, url).length > 0 ? [] : [line('data-transfer.out', out)]),
      ...(streams
        ? [
            line('lambda.streaming', out, {
              note: 'an upper bound: the first 6 MB of each answer stream free',
            }),
          ]
        : []),
      freeOfCharge(
        'the calls of a function URL are those of its function',
        'https://aws.amazon.com/lambda/pricing/',
      ),
    ];
  },
};
