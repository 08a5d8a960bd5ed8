/**
 * The room-detection system: its template as a model, its load file, and the model beside figures measured when the
 * same template ran on the local cloud (2026-11-21, bench/results/local-cloud.json). The local cloud has no network and
 * no container start-up, and all parts share two cores: held against each other is how jobs queue up, not AWS's times.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { BUNDLING_STACKS } from 'aws-cdk-lib/cx-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Architecture, readArchitecture } from '../../../src/architecture/index.ts';
import { stageOf } from '../../../src/blocks/index.ts';
import { modelOf, reviewCapacity } from '../../../src/review/capacity/index.ts';
import { readReviewFile } from '../../../src/review/inputs/review-file.ts';
import cdkJson from '../../../systems/room-detection/cdk.json' with { type: 'json' };
import { RoomDetectionStack } from '../../../systems/room-detection/infra/room-detection-stack.ts';
import { fixture } from '../../blocks/synth.ts';
import { loadOf, price } from './templates.ts';

const reviewFile = join(import.meta.dirname, '../../../systems/room-detection/slipway-review.yaml');
let folder: string;
let app: Architecture;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-capacity-'));
  const cdkApp = new App({ outdir: folder, context: { ...cdkJson.context, [BUNDLING_STACKS]: [] } });
  new RoomDetectionStack(cdkApp, 'RoomDetection-dev', {
    stage: stageOf('dev'),
    apiKey: false,
    buildFolder: fixture(''),
  });
  cdkApp.synth();
  app = await readArchitecture(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the model', () => {
  it('is the path of a job: gateway, function, table and queue, worker, table', () => {
    const { summary } = modelOf(app);
    const label = new Map(summary.nodes.map(({ id, label: text }) => [id, text]));
    const links = summary.links.map(({ from, to, how }) => `${label.get(from)} ${how} ${label.get(to)}`);
    expect(links.sort()).toEqual([
      'Api/Api wait CreateJob/Function',
      'Api/Api wait GetJobStatus/Function',
      'CreateJob/Function send Jobs/Queue',
      'CreateJob/Function wait Jobs/Table, writes',
      'GetJobStatus/Function wait Jobs/Table, reads',
      'Jobs/Queue dead-letters Jobs/DeadLetterQueue',
      'Jobs/Worker/Service/Service takes Jobs/Queue',
      'Jobs/Worker/Service/Service wait Jobs/Table, reads',
      'Jobs/Worker/Service/Service wait Jobs/Table, writes',
    ]);
  });

  it('scales the worker from 1 to 10 by the steps of its two alarms', () => {
    const worker = [...modelOf(app).built.values()].find(({ node }) => node.kind === 'workers')?.node;
    expect(worker).toMatchObject({
      min: { value: 1 },
      max: { value: 10 },
      policies: [
        { kind: 'step', metric: 'queue-depth', comparison: '>=', threshold: { value: 10 } },
        { kind: 'step', metric: 'queue-depth', comparison: '<=', threshold: { value: 0 } },
      ],
    });
  });

  it('leaves nothing of it unresolved', () => {
    expect(modelOf(app).unresolved).toEqual([]);
  });
});

describe('the load file', () => {
  it('meets the brief’s objectives', async () => {
    const read = readReviewFile(await readFile(reviewFile, 'utf8'), app);
    if (read.problems !== undefined) throw new Error(JSON.stringify(read.problems));
    const report = reviewCapacity(app, read.file.load, { price });
    expect(report.objectives.filter(({ stated }) => stated).length).toBeGreaterThan(5);
    expect(report.objectives.filter(({ verdict }) => verdict !== 'met')).toEqual([]);
    expect(report.change.outcome).toBe('not-needed');
    expect(report.rules.flatMap(({ findings }) => findings.map(({ title }) => title))).toEqual([]);
  });
});

/** Milliseconds from POST to completed. */
const measured = { one: { p50: 30.3 }, ten: { p50: 145.1, p95: 199 }, hundred: { p50: 841.9, p95: 1_347 } };

describe('beside the local cloud', () => {
  // Two figures are taken from the run: what one job takes alone, and what each takes when 100 wait for the cores.
  const each = measured.hundred.p95 / 95;
  const alone = measured.one.p50 - each;
  const jobsAtOnce = (jobs: number, slots: number) => {
    const text = `duration: 60s
warmUp: 1s
arrivals:
  POST /jobs:
    rate: { spike: { base: 0, peak: ${jobs * 100} per second, at: 10s, length: 10ms } }
    arrivals: deterministic
work:
  Api/Api: { time: 0ms }
  CreateJob/Function: { time: ${alone}ms, coldStart: 0ms, calls: [{ to: Jobs/Queue }] }
  Jobs/Worker: { time: ${each}ms, concurrency: ${slots}, calls: [] }
`;
    const { result } = reviewCapacity(app, loadOf(app, text), { price });
    const entry = result?.entries.find(({ id }) => id === 'POST /jobs');
    expect(entry?.completed).toBe(jobs);
    return { p50: (entry?.done.p50 ?? 0) * 1_000, p95: (entry?.done.p95 ?? 0) * 1_000 };
  };

  const within = (predicted: number, seen: number, factor: number) => {
    expect(predicted).toBeGreaterThan(seen / factor);
    expect(predicted).toBeLessThan(seen * factor);
  };

  it('agrees within a fifth at 100 at once, when the worker is one line for the cores', () => {
    within(jobsAtOnce(100, 1).p50, measured.hundred.p50, 1.2);
  });

  it('is too low at 10 at once: there the creation of the other jobs takes from the same cores', () => {
    const ten = jobsAtOnce(10, 1);
    within(ten.p95, measured.ten.p95, 1.5);
    expect(ten.p50).toBeLessThan(measured.ten.p50);
    within(ten.p50, measured.ten.p50, 2);
  });

  it('does not agree when each of the worker’s ten slots has a core of its own, as it has not there', () => {
    expect(jobsAtOnce(100, 10).p50).toBeLessThan(measured.hundred.p50 / 3);
  });
});
