/** Whether a report stays within a budget; a gate takes its verdict. */
import type { BudgetVerdict, CostReport, Level } from './report.ts';

interface BudgetOptions {
  /** @default 'expected' */
  readonly level?: Level;
  /** Nobody else in the account draws on the free tier, so the figure with it is what will be paid. @default false */
  readonly freeTier?: boolean;
}

export function checkBudget(
  report: CostReport,
  budgetUsd: number,
  { level = 'expected', freeTier = false }: BudgetOptions = {},
): BudgetVerdict {
  const usd = report.totals.all[level];
  const usdWithoutFree = report.totals.allWithoutFree[level];
  const judged = freeTier ? 'usd' : 'usdWithoutFree';
  const figure = freeTier ? usd : usdWithoutFree;
  const said = freeTier
    ? `${money(usd)} a month ${levelWords[level]} with the free tier (${money(usdWithoutFree)} without)`
    : `${money(usdWithoutFree)} a month ${levelWords[level]} without the free tier (${money(usd)} with it)`;
  const verdictOf = (verdict: BudgetVerdict['verdict'], because: string): BudgetVerdict => ({
    level,
    usd,
    usdWithoutFree,
    judged,
    budgetUsd,
    verdict,
    because,
  });
  if (figure > budgetUsd) return verdictOf('over', `${said} is over the budget of ${money(budgetUsd)}`);
  const within = `${said} is within the budget of ${money(budgetUsd)}`;
  if (report.notPriced.length === 0) return verdictOf('pass', within);
  const names = [...new Set(report.notPriced.map(({ resource, what }) => `${resource.name} (${what})`))];
  return verdictOf(
    'cannot-tell',
    `${within}, but not priced are ${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`,
  );
}

const levelWords: Readonly<Record<Level, string>> = {
  rest: 'at rest',
  low: 'at low use',
  expected: 'at expected use',
  high: 'at high use',
};

const money = (usd: number): string => usd.toLocaleString('en-US', { style: 'currency', currency: 'USD' });
