/** Whether a report stays within a budget; a gate takes its verdict. */
import type { BudgetVerdict, CostReport, Level } from './report.ts';

export function checkBudget(report: CostReport, budgetUsd: number, level: Level = 'expected'): BudgetVerdict {
  const usd = report.totals.all[level];
  const said = `${money(usd)} a month ${levelWords[level]}`;
  if (usd > budgetUsd)
    return {
      level,
      usd,
      budgetUsd,
      verdict: 'over',
      because: `${said} is over the budget of ${money(budgetUsd)}`,
    };
  if (report.notPriced.length === 0)
    return {
      level,
      usd,
      budgetUsd,
      verdict: 'pass',
      because: `${said} is within the budget of ${money(budgetUsd)}`,
    };
  const names = [...new Set(report.notPriced.map(({ resource, what }) => `${resource.name} (${what})`))];
  return {
    level,
    usd,
    budgetUsd,
    verdict: 'cannot-tell',
    because: `${said} is within the budget of ${money(budgetUsd)}, but not priced are ${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`,
  };
}

const levelWords: Readonly<Record<Level, string>> = {
  rest: 'at rest',
  low: 'at low use',
  expected: 'at expected use',
  high: 'at high use',
};

const money = (usd: number): string => usd.toLocaleString('en-US', { style: 'currency', currency: 'USD' });
