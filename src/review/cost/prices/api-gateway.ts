/** Amazon API Gateway: https://aws.amazon.com/api-gateway/pricing/ . HTTP API calls are metered by 512 KB. */
import { free, priceFile, rowsOf, source } from './author.ts';

const page = source('https://aws.amazon.com/api-gateway/pricing/', '2026-11-21', 'aws');
const file = source(priceFile('apigateway/USD/current/apigateway.json'), '2025-10-20', 'aws');
const row = rowsOf('Amazon API Gateway', 'AmazonApiGateway');

export const apiGateway = [
  row({
    id: 'api-gateway.rest.requests',
    what: 'REST API calls',
    unit: 'request',
    per: 1_000_000,
    regions: file.tiers(
      [333_000_000, '3.5 3.5 3.5 3.5 3.7 4.25'],
      [1_000_000_000, '2.8 2.8 2.8 3.19 3.19 3.53'],
      [20_000_000_000, '2.38 2.38 2.38 2.71 2.71 3'],
      '1.51 1.51 1.51 1.72 1.72 1.91',
    ),
    free: free('first-12-months', 1_000_000, page),
    list: { usagetype: 'ApiGatewayRequest' },
  }),
  row({
    id: 'api-gateway.http.requests',
    what: 'HTTP API calls',
    unit: 'request',
    per: 1_000_000,
    regions: file.tiers([300_000_000, '1 1 1 1.11 1.2 1.25'], '0.9 0.9 0.9 1 1.08 1.13'),
    free: free('first-12-months', 1_000_000, page),
    list: { usagetype: 'ApiGatewayHttpRequest' },
  }),
  row({
    id: 'api-gateway.websocket.messages',
    what: 'WebSocket messages of up to 32 KB',
    unit: 'message',
    per: 1_000_000,
    regions: file.tiers([1_000_000_000, '1 1 1 1.14 1.14 1.15'], '0.8 0.8 0.8 0.94 0.94 0.95'),
    free: free('first-12-months', 1_000_000, page),
    list: { usagetype: 'ApiGatewayMessage' },
  }),
  row({
    id: 'api-gateway.websocket.connection-minutes',
    what: 'WebSocket connection',
    unit: 'minute',
    per: 1_000_000,
    regions: file.flat('0.25 0.25 0.25 0.285 0.285 0.288'),
    free: free('first-12-months', 750_000, page),
    list: { usagetype: 'ApiGatewayMinute' },
  }),
  row({
    id: 'api-gateway.cache.0.5gb',
    what: 'Cache of 0.5 GB',
    unit: 'hour',
    regions: file.flat('0.02 0.02 0.02 0.02 0.02 0.028'),
    scope: 'resource',
    list: { cacheMemorySizeGb: '0.5' },
  }),
  row({
    id: 'api-gateway.cache.1.6gb',
    what: 'Cache of 1.6 GB',
    unit: 'hour',
    regions: file.flat('0.038 0.038 0.038 0.038 0.038 0.054'),
    scope: 'resource',
    list: { cacheMemorySizeGb: '1.6' },
  }),
  row({
    id: 'api-gateway.cache.6.1gb',
    what: 'Cache of 6.1 GB',
    unit: 'hour',
    regions: file.flat('0.2 0.2 0.2 0.2 0.2 0.245'),
    scope: 'resource',
    list: { cacheMemorySizeGb: '6.1' },
  }),
  row({
    id: 'api-gateway.cache.13.5gb',
    what: 'Cache of 13.5 GB',
    unit: 'hour',
    regions: file.flat('0.25 0.25 0.25 0.25 0.25 0.29'),
    scope: 'resource',
    list: { cacheMemorySizeGb: '13.5' },
  }),
  row({
    id: 'api-gateway.cache.28.4gb',
    what: 'Cache of 28.4 GB',
    unit: 'hour',
    regions: file.flat('0.5 0.5 0.5 0.5 0.5 0.56'),
    scope: 'resource',
    list: { cacheMemorySizeGb: '28.4' },
  }),
  row({
    id: 'api-gateway.cache.58.2gb',
    what: 'Cache of 58.2 GB',
    unit: 'hour',
    regions: file.flat('1 1 1 1 1 1.1'),
    scope: 'resource',
    list: { cacheMemorySizeGb: '58.2' },
  }),
  row({
    id: 'api-gateway.cache.118gb',
    what: 'Cache of 118 GB',
    unit: 'hour',
    regions: file.flat('1.9 1.9 1.9 1.9 1.9 2.2'),
    scope: 'resource',
    list: { cacheMemorySizeGb: '118' },
  }),
  row({
    id: 'api-gateway.cache.237gb',
    what: 'Cache of 237 GB',
    unit: 'hour',
    regions: file.flat('3.8 3.8 3.8 3.8 3.8 4.4'),
    scope: 'resource',
    list: { cacheMemorySizeGb: '237' },
  }),
];
