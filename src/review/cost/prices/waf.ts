/** AWS WAF: https://aws.amazon.com/waf/pricing/ . The same in every region and for CloudFront. */
import { priceFile, rowsOf, source } from './author.ts';

const file = source(priceFile('waf/USD/current/waf.json'), '2025-10-03', 'aws');
const row = rowsOf('AWS WAF', 'awswaf');

export const waf = [
  row({
    id: 'waf.web-acl',
    what: 'Web ACL',
    unit: 'web-ACL-month',
    regions: file.flat('5'),
    scope: 'resource',
    list: { usagetype: 'WebACLV2' },
  }),
  row({
    id: 'waf.rule',
    what: 'Rule or rule group in a web ACL',
    unit: 'rule-month',
    regions: file.flat('1'),
    scope: 'resource',
    list: { usagetype: 'RuleV2' },
  }),
  row({
    id: 'waf.requests',
    what: 'Requests inspected, up to 1,500 WCU',
    unit: 'request',
    per: 1_000_000,
    regions: file.flat('0.6'),
    list: { usagetype: 'RequestV2-Tier1' },
  }),
  row({
    id: 'waf.bot-control',
    what: 'Bot Control rule group',
    unit: 'rule-group-month',
    regions: file.flat('10'),
    scope: 'resource',
  }),
  row({
    id: 'waf.bot-control.requests',
    what: 'Requests inspected by Bot Control',
    unit: 'request',
    per: 1_000_000,
    regions: file.tiers([10_000_000, '0'], '1'),
  }),
  row({
    id: 'waf.bot-control-targeted.requests',
    what: 'Requests inspected by Bot Control, targeted',
    unit: 'request',
    per: 1_000_000,
    regions: file.tiers([1_000_000, '0'], '10'),
  }),
  row({
    id: 'waf.captcha',
    what: 'CAPTCHA attempts',
    unit: 'attempt',
    per: 1_000,
    regions: file.flat('0.4'),
  }),
  row({
    id: 'waf.challenge',
    what: 'Challenges served',
    unit: 'challenge',
    per: 1_000_000,
    regions: file.flat('0.4'),
  }),
];
