/**
 * Vector search: Amazon OpenSearch Serverless (https://aws.amazon.com/opensearch-service/pricing/) and Amazon S3 Vectors
 * (https://aws.amazon.com/s3/pricing/). A classic serverless collection never goes below its minimum of capacity units.
 */
import { rowsOf, source } from './author.ts';

const catalogue = source(
  'https://github.com/c3xdev/c3x/tree/5c227c214d3f11f51a7ce998767eec2c75d95042/resources/aws',
  '2026-06-10',
  'third-party',
);
const agents = source('https://exploreagentic.ai/ , on Amazon S3 Vectors', '2026-11-21', 'third-party');
const row = rowsOf('Amazon OpenSearch Serverless', 'AmazonES');
const vectors = rowsOf('Amazon S3 Vectors', 'AmazonS3');

export const vectorSearch = [
  row({
    id: 'opensearch-serverless.ocu',
    what: 'Capacity units, indexing and search',
    unit: 'OCU-hour',
    regions: catalogue.only('us-east-1', '0.24'),
    note: 'classic collections: at least 2 OCUs with standby replicas, 1 without (0.5 + 0.5)',
  }),
  row({
    id: 'opensearch-serverless.storage',
    what: 'Storage',
    unit: 'GB-month',
    regions: catalogue.only('us-east-1', '0.024'),
  }),
  vectors({
    id: 's3-vectors.storage',
    what: 'Vector storage',
    unit: 'GB-month',
    regions: agents.only('us-east-1', '0.06'),
  }),
  vectors({
    id: 's3-vectors.put',
    what: 'Vectors written',
    unit: 'GB',
    regions: agents.only('us-east-1', '0.20'),
  }),
];
