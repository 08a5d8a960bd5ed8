import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { App, Stack, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { afterAll, expect, test } from 'vitest';
import {
  type Architecture,
  architectureOfTemplate,
  readArchitecture,
} from '../../../src/architecture/index.ts';
import { type Acknowledged, acknowledge } from '../../../src/blocks/index.ts';
import { SlipwayError } from '../../../src/core/errors.ts';
import { applyAcknowledgements } from '../../../src/review/acknowledgements/index.ts';
import type { Finding } from '../../../src/review/finding.ts';

const today = '2026-11-21';

function finding(rule: string, logicalId: string, about?: string, also?: readonly string[]): Finding {
  const id = `template/${logicalId}`;
  return {
    rule,
    source: 'slipway',
    area: 'security',
    severity: 'high',
    title: 'Something is open.',
    why: 'It is.',
    fix: 'Close it.',
    resource: {
      id,
      stack: 'template',
      logicalId,
      type: 'AWS::SQS::Queue',
      block: logicalId,
      name: logicalId,
    },
    evidence: [],
    fingerprint: [rule, id, about].filter(Boolean).join('|'),
    ...(also === undefined ? {} : { alsoReportedBy: also }),
  };
}

const withMetadata = (metadata: unknown, templateMetadata: unknown = {}): Architecture =>
  architectureOfTemplate(
    JSON.stringify({
      Metadata: templateMetadata,
      Resources: {
        Jobs: { Type: 'AWS::SQS::Queue', Metadata: metadata },
        Other: { Type: 'AWS::SQS::Queue' },
      },
    }),
  );

const ours = (...acknowledge: unknown[]): Architecture => withMetadata({ slipway: { acknowledge } });

const complete = { rule: 'open-queue', reason: 'Only the tests send to it.', expires: '2027-01-31' };

test('a valid acknowledgement closes its finding and carries reason and expiry', () => {
  const [found, ...rest] = applyAcknowledgements([finding('open-queue', 'Jobs')], ours(complete), today);
  expect(found?.acknowledged).toEqual({
    reason: 'Only the tests send to it.',
    expires: '2027-01-31',
    state: 'valid',
  });
  expect(rest).toEqual([]);
});

test('it counts on the day it expires and no longer on the next', () => {
  const state = (on: string) =>
    applyAcknowledgements([finding('open-queue', 'Jobs')], ours(complete), on)[0]?.acknowledged?.state;
  expect(state('2027-01-31')).toBe('valid');
  expect(state('2027-02-01')).toBe('expired');
});

test('it says nothing about the same rule on another resource', () => {
  const result = applyAcknowledgements(
    [finding('open-queue', 'Jobs'), finding('open-queue', 'Other')],
    ours(complete),
    today,
  );
  expect(result.map(({ acknowledged }) => acknowledged?.state)).toEqual(['valid', undefined]);
});

test('with `about` it covers that finding of the rule only', () => {
  const findings = [finding('open-queue', 'Jobs', 'send'), finding('open-queue', 'Jobs', 'receive')];
  const result = applyAcknowledgements(findings, ours({ ...complete, about: 'send' }), today);
  expect(result.map(({ acknowledged }) => acknowledged?.state)).toEqual(['valid', undefined]);
});

test('it may name any rule that a merged finding is known by', () => {
  const merged = finding('open-queue', 'Jobs', undefined, [
    'AwsSolutions-SQS4',
    'AwsSolutions-IAM5[Action::*]',
  ]);
  for (const entry of [
    { ...complete, rule: 'AwsSolutions-SQS4' },
    { ...complete, rule: 'AwsSolutions-IAM5', about: 'Action::*' },
  ])
    expect(applyAcknowledgements([merged], ours(entry), today).map((one) => one.acknowledged?.state)).toEqual(
      ['valid'],
    );
});

test.each([
  ['without a reason', { ...complete, reason: ' ' }, 'has no reason'],
  ['without an expiry', { ...complete, expires: undefined }, 'has no day on which it expires'],
  ['with a wrong date', { ...complete, expires: '2027-02-30' }, 'expires on "2027-02-30", which is no date'],
  ['without a rule', { ...complete, rule: undefined }, 'names no rule'],
])('an acknowledgement %s does not count and is a finding itself', (_, entry, problem) => {
  const [found, extra] = applyAcknowledgements([finding('open-queue', 'Jobs')], ours(entry), today);
  expect(found?.acknowledged).toBeUndefined();
  expect(extra?.rule).toBe('acknowledgement-incomplete');
  expect(extra?.title).toContain(problem);
  expect(extra?.resource?.id).toBe('template/Jobs');
  expect(extra?.evidence[0]?.at).toBe('template/Jobs/Metadata/slipway/acknowledge');
});

test('an acknowledgement that covers nothing is a finding itself', () => {
  const [extra] = applyAcknowledgements([], ours(complete), today);
  expect(extra?.rule).toBe('acknowledgement-unused');
  expect(extra?.title).toBe('The acknowledgement of open-queue covers no finding.');
});

test('one for a tool that did not run today is not called unused', () => {
  const app = ours({ ...complete, rule: 'HIPAA.Security-SQSQueueSSE' });
  expect(applyAcknowledgements([], app, today)).toEqual([]);
  const ran = new Set(['HIPAA.Security-SQSQueueSSE']);
  expect(applyAcknowledgements([], app, today, { ran }).map(({ rule }) => rule)).toEqual([
    'acknowledgement-unused',
  ]);
});

test.each<[string, Architecture]>([
  [
    'cdk-nag 2 on the resource',
    withMetadata({ cdk_nag: { rules_to_suppress: [{ id: 'AwsSolutions-IAM5', reason: 'A test.' }] } }),
  ],
  [
    'cdk-nag 2 with applies_to',
    withMetadata({
      cdk_nag: {
        rules_to_suppress: [{ id: 'AwsSolutions-IAM5', reason: 'A test.', applies_to: ['Action::s3:*'] }],
      },
    }),
  ],
  [
    'cdk-nag 2 with a pattern and an encoded reason',
    withMetadata({
      cdk_nag: {
        rules_to_suppress: [
          {
            id: 'AwsSolutions-IAM5',
            reason: Buffer.from('A test.').toString('base64'),
            is_reason_encoded: true,
            applies_to: [{ regex: '/^Action::s3:.*$/g' }],
          },
        ],
      },
    }),
  ],
  [
    'cdk-nag 3 on the resource',
    withMetadata({
      cdk_nag: { rules_to_suppress: [{ id: 'AwsSolutions-IAM5[Action::s3:*]', reason: 'A test.' }] },
    }),
  ],
  [
    'cdk-nag on the stack',
    withMetadata({}, { cdk_nag: { rules_to_suppress: [{ id: 'AwsSolutions-IAM5', reason: 'A test.' }] } }),
  ],
])('a suppression of %s acknowledges its finding, without an expiry', (_, app) => {
  const result = applyAcknowledgements([finding('AwsSolutions-IAM5', 'Jobs', 'Action::s3:*')], app, today);
  expect(result.map(({ acknowledged }) => acknowledged)).toEqual([{ reason: 'A test.', state: 'valid' }]);
});

test('a suppression for another action leaves the finding open', () => {
  const suppress = { id: 'AwsSolutions-IAM5', reason: 'A test.', applies_to: ['Action::sqs:*'] };
  const app = withMetadata({ cdk_nag: { rules_to_suppress: [suppress] } });
  const found = finding('AwsSolutions-IAM5', 'Jobs', 'Action::s3:*');
  expect(applyAcknowledgements([found], app, today)).toEqual([found]);
});

// The CDK's own check of templates takes two seconds a process.
process.env.CDK_VALIDATION = 'false';
const folder = mkdtempSync(join(tmpdir(), 'slipway-acknowledge-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let apps = 0;

function subjectOf(build: (stack: Stack) => void): Promise<Architecture> {
  apps += 1;
  const outdir = join(folder, String(apps));
  const app = new App({ outdir });
  build(new Stack(app, 'template'));
  app.synth();
  return readArchitecture(outdir);
}

test('acknowledge() on a construct covers what is below it, also what is made later', async () => {
  const app = await subjectOf((stack) => {
    acknowledge(stack, complete);
    new Queue(stack, 'Jobs');
    new Queue(stack, 'Other');
  });
  const findings = app.ofType('AWS::SQS::Queue').map(({ logicalId }) => finding('open-queue', logicalId));
  const result = applyAcknowledgements(findings, app, today);
  expect(result.map(({ acknowledged }) => acknowledged?.state)).toEqual(['valid', 'valid']);
});

test('one declaration on a construct that covers nothing is one finding', async () => {
  const app = await subjectOf((stack) => {
    acknowledge(stack, complete);
    new Queue(stack, 'Jobs');
    new Queue(stack, 'Other');
  });
  expect(applyAcknowledgements([], app, today).map(({ rule }) => rule)).toEqual(['acknowledgement-unused']);
});

test('an expired acknowledgement() is not kept alive by what it told cdk-nag', async () => {
  const app = await subjectOf((stack) =>
    acknowledge(new Queue(stack, 'Jobs'), { ...complete, rule: 'AwsSolutions-SQS3' }),
  );
  const [queue] = app.ofType('AWS::SQS::Queue');
  const found = finding('AwsSolutions-SQS3', queue?.logicalId ?? '');
  const state = (on: string) => applyAcknowledgements([found], app, on)[0]?.acknowledged?.state;
  expect(state(today)).toBe('valid');
  expect(state('2028-01-01')).toBe('expired');
});

test('what an app told the CDK alone is read from the assembly', async () => {
  const app = await subjectOf((stack) => {
    new Queue(stack, 'Jobs');
    Validations.of(stack).acknowledge({ id: 'AwsSolutions-SQS3', reason: 'A test.' });
  });
  const [queue] = app.ofType('AWS::SQS::Queue');
  const found = finding('AwsSolutions-SQS3', queue?.logicalId ?? '');
  const [judged] = applyAcknowledgements([found], app, today);
  expect(judged?.acknowledged).toEqual({ reason: 'A test.', state: 'valid' });
});

test('acknowledge() refuses the whole app, and a construct without resources when it is synthesized', () => {
  const app = new App({ outdir: join(folder, 'refused') });
  expect(() => acknowledge(app, complete)).toThrow(/^The acknowledgement on .* is on the whole app/);
  acknowledge(new Construct(new Stack(app, 'template'), 'Empty'), complete);
  expect(() => app.synth()).toThrow('There is no resource below template/Empty to acknowledge.');
});

test.each<[string, Partial<Acknowledged>]>([
  ['no reason', { reason: '' }],
  ['a day that is no date', { expires: '2027-02-30' }],
  ['a date in another form', { expires: '31.01.2027' }],
  ['what it is about in the rule', { rule: 'AwsSolutions-IAM5[Action::s3:*]' }],
  ['an empty about', { about: ' ' }],
])('acknowledge() refuses %s', (_, wrong) => {
  const queue = new Queue(new Stack(new App(), 'template'), 'Jobs');
  const call = () => acknowledge(queue, { ...complete, ...wrong });
  expect(call).toThrow(SlipwayError);
  expect(call).toThrow(/^The acknowledgement on template\/Jobs /);
});
