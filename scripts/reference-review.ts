/** The review's pages of docs/reference: rules, prices, models and questions, from their registries. */
import { capacityRules } from '../src/review/capacity/rules/index.ts';
import { pricers } from '../src/review/cost/pricers/index.ts';
import { notPriced, priceRows } from '../src/review/cost/prices/index.ts';
import type { Rule } from '../src/review/finding.ts';
import { readinessItems } from '../src/review/readiness/items/index.ts';
import { componentModels } from '../src/review/recovery/components/index.ts';
import { recoveryRules } from '../src/review/recovery/rules/index.ts';
import { securityRules } from '../src/review/security/rules/index.ts';

const cell = (text: string): string => text.replace(/\|/g, '\\|').replace(/\s+/g, ' ');

const ruleTable = (title: string, rules: readonly Rule[]): string =>
  [
    `\n## ${title}\n\n| rule | severity | what holds when it passes | follows from |\n| --- | --- | --- | --- |\n`,
    ...[...rules]
      .sort((a, b) => a.id.localeCompare(b.id))
      .map(
        ({ id, severity, title: holds, reference }) =>
          `| ${id} | ${severity} | ${cell(holds)} | <${reference.split(' ')[0]}> |\n`,
      ),
  ].join('');

export const rulesPage = (header: string): string =>
  [
    header,
    '# Rules of the review\n\nEach is one file; the [guide](../guides/review.md) says how to add one. Beside them run the packs of cdk-nag and the rules of cloudformation-validate.\n',
    ruleTable('Security', securityRules()),
    ruleTable('Capacity', capacityRules),
    ruleTable('Recovery', recoveryRules),
    '\n## Readiness\n\n| item | area | question |\n| --- | --- | --- |\n',
    ...readinessItems.map(
      ({ id, area, question, blocks }) =>
        `| ${id}${blocks ? ' (blocks)' : ''} | ${area} | ${cell(question)} |\n`,
    ),
    '\n## Types with a recovery model\n\n',
    `${componentModels
      .flatMap(({ types }) => types)
      .sort()
      .join(', ')}\n`,
  ].join('');

export function pricesPage(header: string): string {
  const regions = [...new Set(priceRows.flatMap((row) => Object.keys(row.regions)))].sort();
  return [
    header,
    `# Prices\n\n${priceRows.length} rows; in us-east-1 (or everywhere) the first tier is shown. Sources, dates and tiers are in \`src/review/cost/prices\`; the [guide](../guides/prices.md) says how to add or refresh one. Regions: ${regions.join(', ')}.\n\n`,
    '| row | what | price | read | how sure | regions |\n| --- | --- | --- | --- | --- | --- |\n',
    ...[...priceRows]
      .sort((a, b) => a.id.localeCompare(b.id))
      .map((row) => {
        const price = row.regions['us-east-1'] ?? Object.values(row.regions)[0];
        const per = row.per === 1 ? row.unit : `${row.per.toLocaleString('en-US')} ${row.unit}s`;
        const tiers = price === undefined || price.tiers.length === 1 ? '' : `, ${price.tiers.length} tiers`;
        return `| ${row.id} | ${cell(row.service)}: ${cell(row.what)} | $${price?.tiers[0]?.usd} per ${per}${tiers} | ${price?.date} | ${price?.verified} | ${Object.keys(row.regions).length} |\n`;
      }),
    '\n## Not priced, by name\n\n',
    ...notPriced.map(({ id, service, what, reason }) => `- ${id} (${service}, ${what}): ${reason}\n`),
    '\n## Resource types with a pricer\n\n',
    `${pricers
      .flatMap(({ types }) => types)
      .sort()
      .join(', ')}\n`,
  ].join('');
}
