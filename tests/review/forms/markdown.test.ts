import { expect, test } from 'vitest';
import { compareReviews } from '../../../src/review/compare.ts';
import { compareCosts } from '../../../src/review/cost/compare.ts';
import { toMarkdown } from '../../../src/review/forms/markdown.ts';
import type { ReviewReport } from '../../../src/review/report.ts';
import { app, changed, type Resources, reviewOf } from '../review/small-app.ts';

const hostile =
  '](http://evil.example/) @octocat <img src=x onerror=alert(1)> `code` **loud** | cell | #12 $x$ www.evil.example\n# Title\n';

/** Names of a template's own choice, where people read them. */
const named = (text: string): Resources => ({
  ...app,
  Odd: {
    Type: 'AWS::S3::Bucket',
    Metadata: { 'aws:cdk:path': `Notes/${text}/Resource` },
    Properties: {},
  },
  Unpriced: {
    Type: 'AWS::GameLift::Fleet',
    Metadata: { 'aws:cdk:path': `Notes/${text}2/Resource` },
    Properties: {},
  },
});

const compared = (before: ReviewReport, after: ReviewReport): string =>
  toMarkdown(after, {
    comparison: {
      review: compareReviews(before, after),
      ...(before.cost && after.cost ? { cost: compareCosts(before.cost, after.cost) } : {}),
    },
  });

/** What GitHub would read as more than words, in a text whose own markup is known. */
function dangers(markdown: string): string[] {
  const plain = markdown.replace(/\\[\\`*_[\]|~]/g, '');
  return [
    ...plain.matchAll(/<(?=[a-z!/])(?!!--|\/?details>|\/?summary>|br>|\/?sub>)[^>]*>?/gi),
    ...plain.matchAll(/@\w+/g),
    ...plain.matchAll(/\]\(/g),
    ...plain.matchAll(/https?:\/\/|www\./g),
    ...plain.matchAll(/^# .*/gm),
    ...plain.matchAll(/(?<!&)#\d+/g),
    ...plain.matchAll(/\*\*loud/g),
    ...plain.matchAll(/`code/g),
    ...plain.matchAll(/\$x/g),
  ].map(([found]) => found);
}

test("a template's own words become no link, mention, tag, heading, reference or formula", async () => {
  const [before, after] = [await reviewOf(app), await reviewOf(named(hostile))];
  const whole = toMarkdown(after);
  const changes = compared(before, after);
  for (const markdown of [whole, changes, compared(after, before)]) expect(dangers(markdown)).toEqual([]);
  // Said, though.
  expect(changes).toContain('octocat');
  expect(changes).toContain('GameLift');
  // A cell of a table stays one cell.
  const rows = whole.split('\n').filter((line) => line.startsWith('| $'));
  expect(rows.length).toBeGreaterThan(2);
  for (const row of rows) expect(row.replaceAll('\\|', '').split('|')).toHaveLength(7);
});

test('the unit of use cannot be markup either', async () => {
  const report = await reviewOf(app, {
    usage: {
      uses: { unit: '<b>@all</b>', low: 1, expected: 2, high: 3 },
      usesStated: true,
      answers: new Map(),
    },
  });
  expect(dangers(toMarkdown(report))).toEqual([]);
});

test('a comment stays below what GitHub takes, whatever the template, and its folds are closed', async () => {
  const many = Object.fromEntries(
    Array.from({ length: 40 }, (_, index) => `@@<<${'a@<'.repeat(400)}${index}`).flatMap((name, index) => [
      [
        `Table${index}`,
        {
          Type: 'AWS::DynamoDB::Table',
          Metadata: { 'aws:cdk:path': `Notes/${name}/Resource` },
          Properties: { BillingMode: 'PAY_PER_REQUEST' },
        },
      ],
      [
        `Fleet${index}`,
        { Type: 'AWS::GameLift::Fleet', Metadata: { 'aws:cdk:path': `Notes/${name}/Resource` } },
      ],
    ]),
  );
  const usage = {
    uses: { unit: 'a<@'.repeat(300), low: 1, expected: 1e6, high: 1e7 },
    usesStated: true,
    answers: new Map(),
  };
  const before = await reviewOf(app, { usage });
  const after = await reviewOf({ ...app, ...many }, { usage });
  const whole = toMarkdown(after);
  for (const markdown of [whole, compared(before, after), compared(after, before)]) {
    expect(Buffer.byteLength(markdown)).toBeLessThan(65_536);
    expect(markdown.split('<details>').length).toBe(markdown.split('</details>').length);
  }
  expect(whole).toContain('The rest is left out');
  expect(compared(before, after)).toMatch(/… and \d+ more that are not priced/);
});

test('beside a base it shows what changed and nothing else', async () => {
  const before = await reviewOf(app);
  const after = await reviewOf(changed(app, 'Table', { PointInTimeRecoverySpecification: undefined }));
  const markdown = compared(before, after);
  expect(markdown).toMatch(/### Cost: -\$0\.01 a month/);
  expect(markdown).toContain('Point-in-time recovery storage');
  expect(markdown).not.toContain('REST API calls');
  expect(markdown).toContain('### New findings');
  expect(markdown).toMatch(/\| Software fault \| back after .*loses 5 min \| \*\*.*loses everything\*\* \|/);
  expect(markdown).not.toContain('| Lost zone |');
});

test('beside itself it says that nothing changed', async () => {
  const report = await reviewOf(app);
  expect(compared(report, report)).toMatch(/^Nothing that was reviewed changed; \d+ findings as before\.$/m);
});

test('begins with the mark by which a workflow finds its comment again', async () => {
  expect(toMarkdown(await reviewOf(app)).split('\n')[0]).toBe('<!-- slipway review -->');
});
