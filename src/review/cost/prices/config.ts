/** AWS Config: https://aws.amazon.com/config/pricing/ */
import { priceFile, rowsOf, source } from './author.ts';

const file = source(priceFile('config/USD/current/config.json'), '2025-09-11', 'aws');
const row = rowsOf('AWS Config', 'AWSConfig');

export const config = [
  row({
    id: 'config.items',
    what: 'Configuration items recorded continuously',
    unit: 'item',
    regions: file.flat('0.003'),
    list: { usagetype: 'ConfigurationItemRecorded' },
  }),
  row({
    id: 'config.items.daily',
    what: 'Configuration items recorded daily',
    unit: 'item',
    regions: file.flat('0.012'),
  }),
  row({
    id: 'config.items.custom',
    what: 'Custom configuration items',
    unit: 'item',
    regions: file.flat('0.003'),
    list: { usagetype: 'CustomConfigItemRecorded' },
  }),
  row({
    id: 'config.rules',
    what: 'Rule evaluations',
    unit: 'evaluation',
    regions: file.tiers([100_000, '0.001'], [500_000, '0.0008'], '0.0005'),
    list: { usagetype: 'ConfigRuleEvaluations' },
  }),
  row({
    id: 'config.conformance-packs',
    what: 'Conformance pack evaluations',
    unit: 'evaluation',
    regions: file.tiers([100_000, '0.001'], [500_000, '0.0008'], '0.0005'),
  }),
];
