/** `slipway bill` and `slipway measure`, after Room Detection really ran on the local cloud. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BillReport } from '../../src/review/cost/report.ts';
import type { ReviewReport } from '../../src/review/report.ts';
import { type TestCloud, testCloud } from '../local/harness.ts';
import { slipwayIn } from './cli.ts';
import { deployRoomDetection, plan } from './room-detection.ts';
import { assemblyFolder } from './synthesized.ts';

const jobs = 5;
let cloud: TestCloud;
const slipway = slipwayIn(() => cloud.stateDirectory);
const billOf = async (...options: readonly string[]): Promise<BillReport> => {
  const { code, stdout, stderr } = await slipway('bill', '--state', '.', '--json', ...options);
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as BillReport;
};

beforeAll(async () => {
  cloud = await testCloud();
  const system = await deployRoomDetection(cloud.stateDirectory);
  for (let job = 0; job < jobs; job++) {
    const { body } = await system.post(plan);
    const { status } = await system.finished(body.job_id ?? '');
    expect(status).toBe('completed');
  }
}, 120_000);
afterAll(() => cloud.dispose(), 60_000);

describe('the bill', () => {
  it('has a line for what each service did, on the resource of the template that did it', async () => {
    const bill = await billOf();
    const services = new Set(bill.lines.map(({ service }) => service));
    for (const service of ['SQS', 'S3', 'DynamoDB', 'Lambda', 'API Gateway', 'Fargate'])
      expect([...services].some((name) => name.includes(service))).toBe(true);
    const line = (price: string, name: string) =>
      bill.lines.find((one) => one.price.startsWith(price) && one.ref?.name.startsWith(name));
    expect(line('api-gateway.rest.requests', 'Api')?.quantity.run).toBeGreaterThanOrEqual(2 * jobs);
    expect(line('lambda.requests', 'CreateJob')?.quantity.run).toBeGreaterThanOrEqual(jobs);
    expect(line('sqs.standard.requests', 'Jobs/Queue')?.quantity.run).toBeGreaterThanOrEqual(3 * jobs);
    expect(line('dynamodb.on-demand.writes', 'Jobs/Table')?.quantity.run).toBeGreaterThanOrEqual(2 * jobs);
    // What the meter cannot tell apart is named, with the reason.
    for (const { because } of bill.notPriced) expect(because.length).toBeGreaterThan(20);
    expect(bill.lines.every(({ usdWithoutFree }) => usdWithoutFree.run > 0)).toBe(true);
  });

  it('adds up: the lines, the services and the resources to the total, with the free tier and without', async () => {
    const { lines, byService, byResource, total, totalWithoutFree } = await billOf();
    const sum = (all: readonly number[]) => all.reduce((whole, one) => whole + one, 0);
    for (const key of ['run', 'month'] as const) {
      expect(sum(lines.map(({ usd }) => usd[key]))).toBeCloseTo(total[key], 9);
      expect(sum(lines.map(({ usdWithoutFree }) => usdWithoutFree[key]))).toBeCloseTo(
        totalWithoutFree[key],
        9,
      );
      for (const groups of [byService, byResource]) {
        expect(sum(groups.map(({ usd }) => usd[key]))).toBeCloseTo(total[key], 9);
        expect(sum(groups.map(({ usdWithoutFree }) => usdWithoutFree[key]))).toBeCloseTo(
          totalWithoutFree[key],
          9,
        );
      }
      expect(total[key]).toBeLessThanOrEqual(totalWithoutFree[key]);
    }
    expect(totalWithoutFree.run).toBeGreaterThan(0);
  });

  it('takes the time that the cloud has run, and says that seconds are too short for a month', async () => {
    const { hours, extrapolation } = await billOf();
    expect(hours).toBeGreaterThan(0);
    expect(hours).toBeLessThan(10 / 60);
    expect(extrapolation.isTooShort).toBe(true);
    await cloud.clock.advance(3_600_000);
    const later = await billOf();
    expect(later.hours - hours).toBeGreaterThan(1);
    expect(later.hours - hours).toBeLessThan(1.2);
  });

  it('of a day is thirty and some to the month', async () => {
    const bill = await billOf('--hours', '24');
    expect(bill.hours).toBe(24);
    expect(bill.extrapolation.factor).toBeCloseTo(730 / 24, 9);
  });

  it('is a table on the terminal, by service', async () => {
    const { code, stdout } = await slipway('bill', '--state', '.', '--hours', '2');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\$[\d.]+ \(<?\$[\d.]+ with the free tier\) for this run of 2 h/);
    expect(stdout).toMatch(/^\$[\d.,]+ \(\$[\d.,]+ with the free tier\) a month at this rate/m);
    expect(stdout).toMatch(/Jobs\/Queue/);
    expect(stdout).not.toContain(String.fromCharCode(27));
    expect(stdout.split('\n').filter((line) => line.length > 110)).toEqual([]);
  });

  it('says what it cannot do: no cloud, no such length, no such prices', async () => {
    const [nothing, hours, prices] = await Promise.all([
      slipway('bill', '--state', 'nowhere'),
      slipway('bill', '--state', '.', '--hours', 'none'),
      slipway('bill', '--state', '.', '--prices', 'nowhere.json'),
    ]);
    expect([nothing?.code, hours?.code, prices?.code]).toEqual([1, 2, 1]);
    expect(nothing?.stderr).toContain('no local cloud runs on');
    expect(hours?.stderr).toContain('--hours takes a number above 0, got none');
    expect(prices?.stderr).toContain('nowhere.json does not exist');
  });
});

describe('a review that takes its use from the run', () => {
  it('says per use what was measured, and where from', async () => {
    writeFileSync(
      join(cloud.stateDirectory, 'people.yaml'),
      'usage:\n  unit: plan\n  uses: { low: 1, expected: 1000, high: 5000 }\n',
    );
    const measured = await slipway(
      'measure',
      assemblyFolder,
      ...['--state', '.', '--uses', String(jobs), '--output', 'run.json'],
    );
    expect(measured.code).toBe(0);
    expect(measured.stderr).toMatch(
      /^written: run\.json \(\d+ actions of roles and users, \d+ lists? of durations, \d+ metered/,
    );
    const { code, stdout, stderr } = await slipway(
      'review',
      assemblyFolder,
      ...['--only', 'cost', '--json', '--config', 'people.yaml', '--measured', 'run.json'],
    );
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const { cost } = JSON.parse(stdout) as ReviewReport;
    const line = cost?.lines.find(
      ({ price, resource }) => price.startsWith('lambda.requests') && resource.name.startsWith('CreateJob'),
    );
    // One call of the function for each job.
    expect(line?.quantity.expected).toBeCloseTo(1000, 6);
    expect(cost?.uses).toMatchObject({ unit: 'plan', expected: 1000 });
  });

  it('keeps what tests of the app wrote into the file', async () => {
    const rehearsals = { restarts: [{ what: 'kill -9', kept: true }] };
    const file = join(cloud.stateDirectory, 'kept.json');
    writeFileSync(file, JSON.stringify({ version: 1, measuredAt: '2026-11-21', by: 'npm test', rehearsals }));
    await slipway('measure', assemblyFolder, '--state', '.', '--output', 'kept.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ by: 'slipway measure', rehearsals });
  });

  it('says when there is no run to measure, and when a file is of another template', async () => {
    writeFileSync(
      join(cloud.stateDirectory, 'other.json'),
      JSON.stringify({ version: 1, measuredAt: '2026-11-21', by: 'x', actions: [] }),
    );
    const [nowhere, other] = await Promise.all([
      slipway('measure', assemblyFolder, '--state', 'nowhere'),
      slipway('review', assemblyFolder, '--only', 'cost', '--measured', 'other.json'),
    ]);
    expect([nowhere?.code, other?.code]).toEqual([1, 1]);
    expect(nowhere?.stderr).toContain('no local cloud runs on');
    expect(other?.stderr).toContain('other.json holds nothing of this template');
  });
});
