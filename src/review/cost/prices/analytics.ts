/** AWS Glue and Amazon Athena: https://aws.amazon.com/glue/pricing/ , https://aws.amazon.com/athena/pricing/ */
import { priceFile, rowsOf, source } from './author.ts';

const file = source(priceFile('glue/USD/current/glue.json'), '2025-07-18', 'aws');
const queries = source(priceFile('athena/USD/current/athena.json'), '2025-06-27', 'aws');
const row = rowsOf('AWS Glue', 'AWSGlue');
const athena = rowsOf('Amazon Athena', 'AmazonAthena');

export const analytics = [
  row({ id: 'glue.etl', what: 'ETL jobs', unit: 'DPU-hour', regions: file.flat('0.44') }),
  row({ id: 'glue.crawlers', what: 'Crawlers', unit: 'DPU-hour', regions: file.flat('0.44') }),
  row({
    id: 'glue.catalog.storage',
    what: 'Data Catalog objects beyond a million',
    unit: 'object-month',
    per: 100_000,
    regions: file.flat('1'),
  }),
  row({
    id: 'glue.catalog.requests',
    what: 'Data Catalog requests beyond a million',
    unit: 'request',
    per: 1_000_000,
    regions: file.flat('1'),
  }),
  athena({
    id: 'athena.scanned',
    what: 'Data scanned by queries',
    unit: 'TB',
    regions: queries.flat('5'),
    list: { usagetype: 'DataScannedInTB' },
  }),
];
