/**
 * Room Detection's review (stage prod, with the files of its review/ folder) as small files that a person can read in a
 * diff. When a change is meant: `npx vitest run --project parts tests/review/goldens -u`, and read what changed.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { BUNDLING_STACKS } from 'aws-cdk-lib/cx-api';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { stageOf } from '../../../src/blocks/index.ts';
import { readArchitecture } from '../../../src/architecture/index.ts';
import { readReviewFile } from '../../../src/review/inputs/review-file.ts';
import { allFindings, type ReviewReport } from '../../../src/review/report.ts';
import { review } from '../../../src/review/review.ts';
import cdkJson from '../../../systems/room-detection/cdk.json' with { type: 'json' };
import { RoomDetectionStack } from '../../../systems/room-detection/infra/room-detection-stack.ts';
import { fixture } from '../../blocks/synth.ts';

const reviewFile = join(import.meta.dirname, '../../../systems/room-detection/slipway-review.yaml');
const golden = (name: string): string => join(import.meta.dirname, `room-detection.${name}.md`);

let folder: string;
let report: ReviewReport;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-golden-'));
  const cdkApp = new App({ outdir: folder, context: { ...cdkJson.context, [BUNDLING_STACKS]: [] } });
  new RoomDetectionStack(cdkApp, 'RoomDetection-prod', {
    stage: stageOf('prod'),
    apiKey: false,
    buildFolder: fixture(''),
  });
  cdkApp.synth();
  const app = await readArchitecture(folder, { name: 'room-detection' });
  const read = readReviewFile(readFileSync(reviewFile, 'utf8'), app);
  if (read.problems !== undefined) throw new Error(JSON.stringify(read.problems));
  const { config, usage, answers } = read.file;
  report = await review(app, {
    // Acknowledgements and answers end with a day.
    today: '2026-11-21',
    sections: ['cost', 'security', 'recovery', 'readiness'],
    config,
    ...(usage === undefined ? {} : { usage }),
    ...(answers === undefined ? {} : { answers }),
  });
  expect(report.failures).toEqual([]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The CDK's hashes say nothing and change with every line of code. */
const timeless = (text: string): string =>
  text.replace(/\b[0-9a-f]{64}\b/g, '<hash>').replace(/(?<=[A-Za-z0-9])[0-9A-F]{8}\b/g, '<hash>');
const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
const sorted = (rows: readonly (readonly string[])[]) =>
  [...rows].sort((a, b) => (a.join('|') < b.join('|') ? -1 : 1));
const money = (usd: number): string => usd.toFixed(4);

it('costs what the golden says, line by line', async () => {
  const { cost } = report;
  if (!cost) throw new Error('there is no cost');
  const { rest, low, expected, high } = cost.totals.all;
  const lines = cost.lines.map(({ resource, what, quantity, unit, usd }) => [
    resource.name,
    what,
    `${Number(quantity.expected.toPrecision(4))} ${unit}`,
    money(usd.low),
    money(usd.expected),
    money(usd.high),
  ]);
  const text = [
    `# Room Detection: USD a month, by ${cost.uses.unit}s`,
    '',
    table(
      ['at rest', String(cost.uses.low), String(cost.uses.expected), String(cost.uses.high), 'per 1,000 more'],
      [[...[rest, low, expected, high].map(money), money(cost.perThousandUses.marginal)]],
    ),
    '',
    table(['resource', 'what', 'quantity', 'low', 'expected', 'high'], sorted(lines)),
    '',
    `Not priced: ${cost.notPriced.map(({ resource, what }) => `${resource.name}: ${what}`).join('; ') || 'nothing'}`,
    '',
  ].join('\n');
  await expect(timeless(text)).toMatchFileSnapshot(golden('cost'));
});

it('is found to be what the golden says, finding by finding', async () => {
  const rows = allFindings(report).map(({ severity, rule, resource, acknowledged, title }) => [
    severity,
    rule,
    resource?.name ?? '',
    acknowledged === undefined
      ? 'open'
      : `${acknowledged.state === 'valid' ? 'accepted' : 'expired'} ${acknowledged.expires ?? ''}`.trim(),
    title.replaceAll('|', '\\|'),
  ]);
  const unclear = [report.security?.results, report.recovery?.rules].flatMap(
    (results) =>
      results?.flatMap((result) => result.unclear.map((one) => [result.rule, one.resource?.name ?? '', one.because])) ?? [],
  );
  const text = [
    '# Room Detection: findings',
    '',
    table(['severity', 'rule', 'resource', 'state', 'what'], sorted(rows)),
    '',
    'Cannot be told:',
    '',
    table(['rule', 'resource', 'why'], sorted(unclear)),
    '',
    ...report.gates.map(({ gate, verdict, because }) => `- ${gate}: ${verdict}: ${because}`),
    '',
  ].join('\n');
  await expect(timeless(text)).toMatchFileSnapshot(golden('findings'));
});

it('comes back as the golden says', async () => {
  const { recovery } = report;
  if (!recovery) throw new Error('there is no recovery');
  const time = (rto: { minSeconds: number; maxSeconds: number } | null) =>
    rto === null ? 'cannot tell' : `${rto.minSeconds} – ${rto.maxSeconds} s`;
  const loss = (rpo: { seconds: number | 'all-data' | null } | null) =>
    rpo === null ? 'cannot tell' : rpo.seconds === null ? 'nothing' : rpo.seconds === 'all-data' ? 'everything' : `${rpo.seconds} s`;
  const name = (id: string | undefined) =>
    recovery.components.find(({ resource }) => resource.id === id)?.resource.name ?? '';
  const whole = recovery.whole.map(({ scenario, survives, rto, rpo, limitedBy }) => [
    scenario,
    survives,
    time(rto),
    loss(rpo),
    name(limitedBy ?? undefined),
  ]);
  const targets = recovery.targets.map(({ scenario, measure, targetSeconds, verdict }) => [
    scenario,
    measure,
    `${targetSeconds} s`,
    verdict,
  ]);
  const text = [
    '# Room Detection: recovery',
    '',
    table(['if', 'survives', 'back after', 'loses', 'limited by'], whole),
    '',
    table(['target', 'measure', 'at most', 'verdict'], targets),
    '',
    ...recovery.singlePoints.map(({ resource, what }) => `- Single point: ${resource.name}: ${what}`),
    '',
  ].join('\n');
  await expect(timeless(text)).toMatchFileSnapshot(golden('recovery'));
});
