import { describe, expect, it } from 'vitest';
import { compareReviews } from '../../../src/review/compare.ts';
import { compareCosts } from '../../../src/review/cost/compare.ts';
import { bill } from '../../../src/review/cost/measured/bill.ts';
import { billLines } from '../../../src/review/forms/text/bill.ts';
import { changeLines } from '../../../src/review/forms/text/changes.ts';
import { toText } from '../../../src/review/forms/text/page.ts';
import { plainStyle, type Style } from '../../../src/review/forms/text/style.ts';
import type { ReviewReport } from '../../../src/review/report.ts';
import { app, changed, openBucket, type Resources, reviewOf } from '../review/small-app.ts';

const widths = [60, 72, 80, 100, 110, 127, 140];
const esc = String.fromCharCode(27);
const paint = (code: number) => (text: string) => `${esc}[${code}m${text}${esc}[0m`;
const colours: Style = { bold: paint(1), dim: paint(2), red: paint(31), green: paint(32), yellow: paint(33) };
const visible = (text: string): string => text.replace(new RegExp(`${esc}\\[\\d+m`, 'g'), '');

/** Lines that are too long and could have been broken. */
const tooLong = (text: string, width: number): string[] =>
  visible(text)
    .split('\n')
    .filter((line) => line.length > width && /\S\s+\S/.test(line));

const crowd: Resources = Object.fromEntries(
  Array.from({ length: 30 }, (_, index) => [
    `QuiteALongNameOfSomethingThatSomebodyOnceThoughtWasAGoodIdea${index}`,
    { Type: ['AWS::S3::Bucket', 'AWS::DynamoDB::Table', 'AWS::GameLift::Fleet'][index % 3] },
  ]),
);

describe('the review in the terminal', () => {
  let whole: Promise<ReviewReport> | undefined;
  const report = () => {
    whole ??= reviewOf(
      { ...app, ...openBucket, ...crowd },
      {
        config: {
          gates: {
            findings: 'info',
            budget: { expected: 0.01, high: 1 },
            freeTier: false,
            notPriced: true,
            objectives: true,
            recovery: true,
            readiness: true,
          },
          packs: [],
          targets: { rtoSeconds: 60, rpoSeconds: 60, scenarios: {} },
          recovery: {},
        },
      },
    );
    return whole;
  };

  it.each(widths)('is never wider than %i columns', async (width) => {
    const text = toText(await report(), { style: plainStyle, width });
    expect(tooLong(text, width)).toEqual([]);
    expect(text).toContain('GATES');
  });

  it('has no esc codes without a terminal, and the same words with one', async () => {
    const plain = toText(await report(), { style: plainStyle, width: 110 });
    const coloured = toText(await report(), { style: colours, width: 110 });
    expect(plain).not.toContain(esc);
    expect(coloured).toContain(esc);
    expect(tooLong(coloured, 110)).toEqual([]);
    const words = (text: string) => visible(text).split(/\s+/).join(' ');
    expect(words(coloured)).toBe(words(plain));
  });

  it('fits on a screen or two however large the template', async () => {
    const text = toText(await report(), { style: plainStyle, width: 110 });
    expect(text.split('\n').length).toBeLessThan(130);
  });
});

describe('what changed, in the terminal', () => {
  const between = async (before: Resources, after: Resources, width = 110): Promise<string> => {
    const [one, two] = [await reviewOf(before), await reviewOf(after)];
    const cost = one.cost && two.cost ? compareCosts(one.cost, two.cost) : undefined;
    const review = compareReviews(one, two);
    return changeLines({ review, ...(cost ? { cost } : {}) }, { style: plainStyle, width }).join('\n');
  };
  const key = { Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: [] } } } };

  it('is the difference in cost, findings, recovery and resources, and nothing else', async () => {
    const text = await between(app, {
      ...changed(app, 'Table', { PointInTimeRecoverySpecification: undefined }),
      ...key,
    });
    expect(text).toMatch(/Cost \+\$0\.99 a month/);
    expect(text).toMatch(/\+\$1\.00 {2}Key {4}Customer managed key +\$0 → \$1\.00/);
    expect(text).toContain('new finding');
    expect(text).toMatch(/Software fault: .*loses 5 min → .*loses everything/);
    expect(text).toContain('New: Notes/Key');
    expect(text).not.toContain('REST API calls');
  });
  it('says so when nothing changed', async () => {
    expect(await between(app, app)).toMatch(/^CHANGES {4}nothing that was reviewed; \d+ findings as before$/);
  });
  it.each([60, 110])('is never wider than %i columns', async (width) => {
    expect(tooLong(await between(app, { ...app, ...crowd, ...key }, width), width)).toEqual([]);
    expect(tooLong(await between({ ...app, ...crowd, ...key }, app, width), width)).toEqual([]);
  });
});

describe('the bill in the terminal', () => {
  const used = (service: string, usage: string, quantity: number, resource: string) => ({
    service,
    usage,
    quantity,
    resource,
    hour: 0,
  });
  const totals = [
    used(
      'sqs',
      'requests:SendMessage',
      12,
      'arn:aws:sqs:us-east-1:000000000000:jobs-of-some-length-that-is-long',
    ),
    used('lambda', 'requests', 10_000, 'notes-Create-1'),
    used('lambda', 'gb-seconds:arm64', 31.7, 'notes-Create-1'),
    used('dynamodb', 'write-request-units', 30_000, 'arn:aws:dynamodb:us-east-1:000000000000:table/notes'),
    used('teleport', 'beam-minutes', 3, 'a-service-that-nobody-has-a-price-for'),
  ];
  it.each(widths)('is never wider than %i columns, in colour too', (width) => {
    for (const style of [plainStyle, colours])
      for (const hours of [1, 0.01])
        expect(tooLong(billLines(bill(totals, { hours }), { style, width }).join('\n'), width)).toEqual([]);
  });
  it('shows the run and the month without the free tier and with it', () => {
    const text = billLines(bill(totals, { hours: 0.5 }), { style: plainStyle, width: 110 }).join('\n');
    expect(text).toMatch(/^\$0\.02 \(with or without the free tier\) for this run of 30 min$/m);
    expect(text).toMatch(/^\$[\d.]+ \(\$[\d.]+ with the free tier\) a month at this rate/m);
    expect(text).toContain('the run took 30 min');
  });
  it('shows no month for a run that is too short to tell', () => {
    const text = billLines(bill(totals, { hours: 0.05 }), { style: plainStyle, width: 110 }).join('\n');
    expect(text).toContain('a run of 3 min is too short to say what a month costs');
    expect(text).not.toContain('a month at this rate');
  });
});
