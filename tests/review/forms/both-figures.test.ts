/** A cost is two figures, without the free tier and with it, and every document says the same two. */
import { describe, expect, it } from 'vitest';
import { compareReviews } from '../../../src/review/compare.ts';
import { compareCosts } from '../../../src/review/cost/compare.ts';
import { bothUsd, usd } from '../../../src/review/forms/format.ts';
import { toHtml } from '../../../src/review/forms/html/page.ts';
import { toMarkdown } from '../../../src/review/forms/markdown.ts';
import { openText } from '../../../src/review/forms/open-findings.ts';
import { changeLines } from '../../../src/review/forms/text/changes.ts';
import { toText } from '../../../src/review/forms/text/page.ts';
import { plainStyle } from '../../../src/review/forms/text/style.ts';
import { defaultConfig } from '../../../src/review/inputs/config.ts';
import type { ReviewReport } from '../../../src/review/report.ts';
import { app, reviewOf } from '../review/small-app.ts';
import { fullReport } from './given.ts';

const board = { Type: 'AWS::CloudWatch::Dashboard', Properties: { DashboardBody: '{"widgets":[]}' } };
const gated = (freeTier: boolean) =>
  reviewOf(
    { ...app, Board: board },
    {
      config: { ...defaultConfig, gates: { ...defaultConfig.gates, budget: { expected: 3 }, freeTier } },
    },
  );
const report = gated(false);
const before = reviewOf(app);
const page = { style: plainStyle, width: 140 };
const plain = (text: string) => text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));

const compared = (was: ReviewReport, is: ReviewReport) => {
  if (was.cost === undefined || is.cost === undefined) throw new Error('no cost');
  return { review: compareReviews(was, is), cost: compareCosts(was.cost, is.cost) };
};

describe('the open findings of a section', () => {
  it('are counted alike in the terminal, the comment and the page', async () => {
    const of = await fullReport();
    const forms = [toText(of, page), plain(toMarkdown(of)), toHtml(of, { version: '0', date: '2026-11-21' })];
    for (const results of [of.security?.results, of.recovery?.rules]) {
      const count = openText(results ?? []);
      expect(count).toMatch(/ open$/);
      for (const form of forms) expect(form).toContain(count);
    }
  });

  it('of an outside tool name the tool beside its rule', async () => {
    expect(toText(await report, page)).not.toMatch(/\[[A-Z]\d{4}\]/);
  });
});

describe('both figures of a cost', () => {
  it.each([
    ['the terminal', (of: ReviewReport) => toText(of, page)],
    ['the comment', (of: ReviewReport) => plain(toMarkdown(of))],
    ['the page', (of: ReviewReport) => toHtml(of, { version: '0', date: '2026-11-21' })],
    ['the JSON', (of: ReviewReport) => JSON.stringify(of)],
  ])('stand in %s', async (name, form) => {
    const of = await report;
    const { all, allWithoutFree } = of.cost?.totals ?? {};
    if (all === undefined || allWithoutFree === undefined) throw new Error('no cost');
    expect(allWithoutFree.expected - all.expected).toBeGreaterThan(3);
    const shown = name === 'the JSON' ? String : usd;
    for (const levels of [all, allWithoutFree])
      for (const level of ['rest', 'expected'] as const) expect(form(of)).toContain(shown(levels[level]));
  });

  it('stand in the readiness item on cost and in the gate', async () => {
    const { cost, readiness, gates } = await report;
    const both = bothUsd(cost?.totals.allWithoutFree.expected ?? 0, cost?.totals.all.expected ?? 0);
    expect(readiness?.items.find(({ id }) => id === 'cost-known')?.because).toContain(both);
    expect(gates.find(({ gate }) => gate === 'budget')?.because).toContain('without the free tier');
  });

  it('stand in a comparison, in both forms', async () => {
    const comparison = compared(await before, await report);
    const { totals, totalsWithoutFree } = comparison.cost;
    expect(totalsWithoutFree.difference.expected).toBeCloseTo(3, 6);
    expect(totals.difference.expected).toBeCloseTo(0, 6);
    const comment = plain(toMarkdown(await report, { comparison }));
    const lines = changeLines(comparison, page).join('\n');
    for (const text of [comment, lines])
      for (const figure of [totals.after.expected, totalsWithoutFree.after.expected])
        expect(text).toContain(usd(figure));
  });

  it('are judged by the one without the free tier, unless the account’s free tier is the app’s alone', async () => {
    const verdict = async (freeTier: boolean) =>
      (await gated(freeTier)).gates.find(({ gate }) => gate === 'budget')?.verdict;
    expect([await verdict(false), await verdict(true)]).toEqual(['failed', 'passed']);
  });
});
