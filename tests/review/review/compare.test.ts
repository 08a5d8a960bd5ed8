/** Two reviews side by side: what appeared, what went, what it costs now, what it survives now. */
import { expect, test } from 'vitest';
import { type Comparison, compareReviews } from '../../../src/review/compare.ts';
import { compareCosts } from '../../../src/review/cost/compare.ts';
import type { ReviewReport } from '../../../src/review/report.ts';
import { configPart, valid } from '../part.ts';
import { acknowledging, app, changed, reviewOf, today } from './small-app.ts';

const nothing: Comparison = {
  appeared: [],
  gone: [],
  stayed: 0,
  resources: { added: [], removed: [] },
  recovery: [],
  objectives: [],
  readiness: [],
  gates: [],
};
const versioned = changed(app, 'Files', { VersioningConfiguration: { Status: 'Enabled' } });
const fingerprints = (findings: Comparison['appeared']) => findings.map(({ fingerprint }) => fingerprint);

test('a report beside itself, beside the same template again, and beside its saved JSON: nothing changed', async () => {
  const report = await reviewOf(app);
  const saved = JSON.parse(JSON.stringify(report)) as ReviewReport;
  for (const other of [report, await reviewOf(app), saved]) {
    const comparison = compareReviews(other, report);
    expect(comparison).toEqual({ ...nothing, stayed: comparison.stayed });
    expect(comparison.stayed).toBeGreaterThan(0);
    if (!other.cost || !report.cost) throw new Error('the cost is missing');
    const cost = compareCosts(other.cost, report.cost);
    expect(cost.lines).toEqual([]);
    expect(cost.totals.difference).toEqual({ rest: 0, low: 0, expected: 0, high: 0 });
  }
});

test('a finding that is fixed is gone, and the other way about it appeared', async () => {
  const [before, after] = [await reviewOf(app), await reviewOf(versioned)];
  const better = compareReviews(before, after);
  expect(fingerprints(better.gone)).toEqual(['bucket-versioning|Notes/Files']);
  expect(better.appeared).toEqual([]);
  const worse = compareReviews(after, before);
  expect(fingerprints(worse.appeared)).toEqual(['bucket-versioning|Notes/Files']);
  expect(worse.gone).toEqual([]);
  expect(worse.stayed).toBe(better.stayed);
});

test('a finding that is accepted is gone, and appears again when the acknowledgement has expired', async () => {
  const accepted = acknowledging(app, 'Files', 'bucket-versioning', '2026-12-31');
  const before = await reviewOf(app);
  const now = await reviewOf(accepted);
  const later = await reviewOf(accepted, { today: '2027-01-01' });
  expect(fingerprints(compareReviews(before, now).gone)).toEqual(['bucket-versioning|Notes/Files']);
  expect(fingerprints(compareReviews(now, later).appeared)).toEqual(['bucket-versioning|Notes/Files']);
  expect(today < '2026-12-31').toBe(true);
});

test('what it costs more or less, line by line', async () => {
  const [before, after] = [
    await reviewOf(app),
    await reviewOf({
      ...app,
      Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: [] } } },
    }),
  ];
  if (!before.cost || !after.cost) throw new Error('the cost is missing');
  const { lines, totals } = compareCosts(before.cost, after.cost);
  expect(lines).toMatchObject([
    {
      resource: { id: 'Notes/Key' },
      change: 'added',
      what: 'Customer managed key',
      usd: { before: 0, after: 1 },
    },
    // Within the free tier, and yet new.
    { resource: { id: 'Notes/Key' }, change: 'added', what: 'Requests', usd: { before: 0, after: 0 } },
  ]);
  expect(totals.difference.expected).toBeCloseTo(1, 9);
  expect(compareReviews(before, after).resources).toEqual({ added: ['Notes/Key'], removed: [] });
});

test('what it survives now: only the scenarios whose answer is another', async () => {
  const [before, after] = [
    await reviewOf(app),
    await reviewOf(changed(app, 'Table', { PointInTimeRecoverySpecification: undefined })),
  ];
  const { recovery } = compareReviews(before, after);
  expect(recovery.map(({ scenario }) => scenario)).toContain('software-fault');
  expect(recovery.map(({ scenario }) => scenario)).not.toContain('lost-zone');
  const fault = recovery.find(({ scenario }) => scenario === 'software-fault');
  expect([fault?.before.rpo?.seconds, fault?.after.rpo?.seconds]).toEqual([300, 'all-data']);
});

test('which questions of the launch are answered otherwise', async () => {
  const open = changed(app, 'Files', {
    PublicAccessBlockConfiguration: { BlockPublicAcls: false, BlockPublicPolicy: false },
  });
  const { readiness } = compareReviews(await reviewOf(app), await reviewOf(open));
  expect(readiness).toHaveLength(1);
  expect(readiness[0]).toMatchObject({
    question: expect.stringContaining('refuse public access'),
    before: 'yes',
  });
  expect(readiness[0]?.after).not.toBe('yes');
});

test('which gates turned', async () => {
  const config = valid(configPart('gates: { budget: 1 }'));
  const key = { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: [] } } };
  const { gates } = compareReviews(
    await reviewOf(app, { config }),
    await reviewOf({ ...app, Key: key }, { config }),
  );
  expect(gates).toEqual([{ gate: 'budget', before: 'passed', after: 'failed' }]);
});

test('budgets of several levels are each compared with their own', async () => {
  const config = valid(configPart('gates: { budget: { low: 1, expected: 1, high: 0.1 } }'));
  const report = await reviewOf(app, { config });
  expect(report.gates.map(({ verdict }) => verdict)).toContain('failed');
  expect(compareReviews(report, report).gates).toEqual([]);
});

test('a section that one of the two does not have is not compared', async () => {
  const whole = await reviewOf(app);
  const cost = await reviewOf(app, { sections: ['cost'] });
  const comparison = compareReviews(whole, cost);
  expect(comparison.recovery).toEqual([]);
  expect(comparison.readiness).toEqual([]);
  // Not looked for is not gone.
  expect(comparison.gone).toEqual([]);
  expect(compareReviews(cost, whole).appeared).toEqual([]);
});
