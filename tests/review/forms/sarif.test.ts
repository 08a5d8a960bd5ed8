import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020.js';
import { afterAll, expect, test } from 'vitest';
import {
  type Architecture,
  type Resource,
  readArchitecture,
  resourceRef,
} from '../../../src/architecture/index.ts';
import type { Finding } from '../../../src/review/finding.ts';
import { type SarifLog, toSarif } from '../../../src/review/forms/sarif.ts';
import { sarifSchema } from './sarif-schema.ts';

const root = mkdtempSync(join(tmpdir(), 'slipway-sarif-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const jsonTemplate = JSON.stringify(
  {
    Description: 'Two queues; one environment variable is called as one of them.',
    Resources: {
      Worker: {
        Type: 'AWS::Lambda::Function',
        Properties: { Environment: { Variables: { Jobs: 'x' } } },
      },
      Jobs: { Type: 'AWS::SQS::Queue', Metadata: { 'aws:cdk:path': 'App/Jobs/Resource' } },
    },
    Outputs: { Jobs: { Value: { Ref: 'Jobs' } } },
  },
  undefined,
  1,
);

const yamlTemplate = `AWSTemplateFormatVersion: "2010-09-09"
Outputs:
  Jobs:
    Value: !Ref Jobs
Resources:
  # the worker
  Worker:
    Type: AWS::SQS::Queue
  Jobs:
    Type: AWS::SQS::Queue
`;

async function subjectOf(name: string, text: string): Promise<Architecture> {
  const file = join(root, name);
  writeFileSync(file, text);
  return readArchitecture(file);
}

function finding(app: Architecture, logicalId: string, more: Partial<Finding> = {}): Finding {
  const resource = app.resources.find((one: Resource) => one.logicalId === logicalId);
  return {
    rule: 'open-queue',
    source: 'slipway',
    area: 'security',
    severity: 'high',
    title: 'Anyone may send to the queue.',
    why: 'Whoever finds its URL can fill it.',
    fix: 'Remove Principal "*".',
    evidence: [{ at: `${resource?.id}/Properties`, shows: '"Principal": "*"' }],
    reference: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security.html',
    fingerprint: `${more.rule ?? 'open-queue'}|${resource?.id}`,
    ...(resource === undefined ? {} : { resource: resourceRef(resource) }),
    ...more,
  };
}

const formats = {
  uri: (text: string) => URL.canParse(text),
  'uri-reference': (text: string) => URL.canParse(text, 'https://example.org/') && !/[\s\\]/.test(text),
};
const valid = new Ajv({ allErrors: true, formats }).compile(sarifSchema);

function sarif(findings: readonly Finding[], app: Architecture): SarifLog {
  const log = toSarif(findings, { version: '1.2.3', app, root });
  valid(JSON.parse(JSON.stringify(log)));
  expect(valid.errors).toBeNull();
  return log;
}

test('a log is SARIF 2.1.0 with all that GitHub asks of rules and results', async () => {
  const app = await subjectOf('App.template.json', jsonTemplate);
  const log = sarif([finding(app, 'Jobs'), finding(app, 'Worker', { rule: 'other', area: 'cost' })], app);
  const [{ tool, results }] = log.runs;
  expect(tool.driver).toMatchObject({ name: 'Slipway', version: '1.2.3' });
  for (const rule of tool.driver.rules) {
    expect(rule.shortDescription.text).not.toBe('');
    expect(rule.fullDescription.text).not.toBe('');
    expect(rule.help.text).toContain('Fix: Remove Principal "*".');
    expect(rule.help.markdown).toContain('**Fix:** Remove Principal "*".');
  }
  for (const result of results) {
    expect(tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
    expect(result.locations).toHaveLength(1);
    expect(result.partialFingerprints.primaryLocationLineHash).toMatch(/^[0-9a-f]{32}:1$/);
  }
});

test.each([
  ['critical', 'error', '9.5'],
  ['high', 'error', '8.0'],
  ['medium', 'warning', '5.5'],
  ['low', 'note', '2.0'],
  ['info', 'note', '0.1'],
] as const)('%s is level %s with the score %s', async (severity, level, score) => {
  const app = await subjectOf('App.template.json', jsonTemplate);
  const [run] = sarif([finding(app, 'Jobs', { severity })], app).runs;
  expect(run.results[0]?.level).toBe(level);
  expect(run.tool.driver.rules[0]?.properties['security-severity']).toBe(score);
});

test('only findings of security have a security score', async () => {
  const app = await subjectOf('App.template.json', jsonTemplate);
  const [run] = sarif([finding(app, 'Jobs', { area: 'recovery' })], app).runs;
  expect(run.tool.driver.rules[0]?.properties).toEqual({
    tags: ['recovery', 'slipway'],
    precision: 'high',
    'problem.severity': 'error',
  });
});

test('a rule that judges by circumstances has the weight of its gravest finding', async () => {
  const app = await subjectOf('App.template.json', jsonTemplate);
  const findings = [
    finding(app, 'Jobs', { severity: 'low' }),
    finding(app, 'Worker', { severity: 'critical' }),
  ];
  const [run] = sarif(findings, app).runs;
  expect(run.tool.driver.rules).toHaveLength(1);
  expect(run.tool.driver.rules[0]?.defaultConfiguration.level).toBe('error');
  expect(run.results.map(({ level }) => level)).toEqual(['note', 'error']);
});

test('the place is the line of the resource in the template, not of another key of that name', async () => {
  const json = await subjectOf('App.template.json', jsonTemplate);
  const line = jsonTemplate.split('\n').indexOf('  "Jobs": {') + 1;
  expect(sarif([finding(json, 'Jobs')], json).runs[0].results[0]?.locations).toEqual([
    {
      physicalLocation: {
        artifactLocation: { uri: 'App.template.json' },
        region: { startLine: line, startColumn: 3 },
      },
      logicalLocations: [{ name: 'Jobs', fullyQualifiedName: 'App/Jobs/Resource', kind: 'resource' }],
    },
  ]);
  const yaml = await subjectOf('hand written.yaml', yamlTemplate);
  expect(sarif([finding(yaml, 'Jobs')], yaml).runs[0].results[0]?.locations[0]?.physicalLocation).toEqual({
    artifactLocation: { uri: 'hand%20written.yaml' },
    region: { startLine: 9, startColumn: 3 },
  });
});

test('a finding about no resource stands at the head of its stack’s template', async () => {
  const app = await subjectOf('App.template.json', jsonTemplate);
  const { resource: _, ...whole } = finding(app, 'Jobs');
  expect(sarif([whole], app).runs[0].results[0]?.locations).toEqual([
    {
      physicalLocation: {
        artifactLocation: { uri: 'App.template.json' },
        region: { startLine: 1, startColumn: 1 },
      },
    },
  ]);
});

test('a valid acknowledgement suppresses its result with the reason, an expired one does not', async () => {
  const app = await subjectOf('App.template.json', jsonTemplate);
  const acknowledged = { reason: 'Only tests send.', expires: '2027-01-31', state: 'valid' } as const;
  const suppressions = (more: Partial<Finding>) =>
    sarif([finding(app, 'Jobs', more)], app).runs[0].results[0]?.suppressions;
  expect(suppressions({ acknowledged })).toEqual([
    { kind: 'inSource', status: 'accepted', justification: 'Only tests send.' },
  ]);
  expect(suppressions({ acknowledged: { ...acknowledged, state: 'expired' } })).toEqual([]);
  expect(suppressions({})).toEqual([]);
});

test('the fingerprint stays when the line moves', async () => {
  const before = await subjectOf('App.template.json', jsonTemplate);
  const [first] = sarif([finding(before, 'Jobs')], before).runs[0].results;
  const after = await subjectOf('App.template.json', jsonTemplate.replace('{', '{\n "Metadata": {},'));
  const [second] = sarif([finding(after, 'Jobs')], after).runs[0].results;
  expect(second?.locations).not.toEqual(first?.locations);
  expect(second?.partialFingerprints).toEqual(first?.partialFingerprints);
});

test('a review without findings is a run without results', async () => {
  const app = await subjectOf('App.template.json', jsonTemplate);
  expect(sarif([], app).runs[0]).toMatchObject({
    results: [],
    tool: { driver: { rules: [] } },
    automationDetails: { id: 'slipway-review/App/' },
  });
});
