/** `slipway/review`, as a program uses it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { reviewApp, SlipwayError, toHtml, toMarkdown, toText } from '../../src/api/review.ts';

const folder = mkdtempSync(join(tmpdir(), 'slipway-api-review-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const app = (name: string, shards: number): string => {
  const file = join(folder, `${name}.json`);
  const Stream = { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: shards } };
  writeFileSync(file, JSON.stringify({ Resources: { Stream } }));
  return file;
};
const sections = ['cost'] as const;

describe('slipway/review', () => {
  it('reviews a template file, and forms the report as text, Markdown and one page of HTML', async () => {
    const report = await reviewApp(app('one', 1), { sections, today: new Date('2026-11-30') });
    expect(report.cost?.totals.all.expected).toBeGreaterThan(0);
    expect(
      toText(report, { width: 80 })
        .split('\n')
        .every((line) => line.length <= 80),
    ).toBe(true);
    expect(toMarkdown(report)).toContain('Review of one');
    expect(await toHtml(report, { date: new Date('2026-11-30') })).toContain('on 2026-11-30');
  });

  it('says in Markdown what changed since another report', async () => {
    const [before, after] = await Promise.all([
      reviewApp(app('before', 1), { sections }),
      reviewApp(app('after', 3), { sections }),
    ]);
    expect(toMarkdown(after, { before })).toMatch(/### Cost: \+\$[\d.]+ a month/);
  });

  it('reads slipway-review.yaml beside the app, or the file that is named', async () => {
    const target = app('gated', 10);
    writeFileSync(join(folder, 'budget.yaml'), 'gates:\n  budget: 1\n');
    const gateOf = async (config?: string) =>
      (await reviewApp(target, { sections, ...(config === undefined ? {} : { config }) })).gates.find(
        ({ gate }) => gate === 'budget',
      )?.verdict;
    expect(await gateOf()).toBeUndefined();
    expect(await gateOf(join(folder, 'budget.yaml'))).toBe('failed');
    writeFileSync(join(folder, 'slipway-review.yaml'), 'gates:\n  budget: 1000000\n');
    expect(await gateOf()).toBe('passed');
    rmSync(join(folder, 'slipway-review.yaml'));
  });

  it('throws SlipwayError for a target that is not there', async () => {
    const error: unknown = await reviewApp(join(folder, 'nowhere')).catch((caught: unknown) => caught);
    expect(error instanceof SlipwayError && error.code).toBe('template.unreadable');
  });
});
