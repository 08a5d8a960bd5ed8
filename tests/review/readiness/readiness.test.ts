import { describe, expect, test } from 'vitest';
import { architectureOfTemplate } from '../../../src/architecture/index.ts';
import {
  type LocalRun,
  type ReadinessOptions,
  readinessItems,
  reviewReadiness,
} from '../../../src/review/readiness/index.ts';
import { reviewRecovery } from '../../../src/review/recovery/index.ts';
import { readinessPart, valid } from '../part.ts';

type Options = Partial<Omit<ReadinessOptions, 'app'>>;
const today = '2026-11-21';

function review(resources: object = {}, options: Options = {}) {
  const app = architectureOfTemplate(JSON.stringify({ Resources: resources }), { name: 'App' });
  return reviewReadiness({ app, recovery: reviewRecovery(app), today, ...options });
}
function item(id: string, resources: object = {}, options: Options = {}) {
  const found = review(resources, options).items.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no item ${id}`);
  return found;
}
const answers = (text: string) => ({ answers: valid(readinessPart(text)) });

describe('the list', () => {
  test('has between 35 and 60 items with ids of their own, a question, a next step and a page', () => {
    expect(readinessItems.length).toBeGreaterThanOrEqual(35);
    expect(readinessItems.length).toBeLessThanOrEqual(60);
    expect(new Set(readinessItems.map(({ id }) => id)).size).toBe(readinessItems.length);
    for (const { question, next, reference } of readinessItems) {
      expect(question.endsWith('?')).toBe(true);
      expect(next).not.toBe('');
      expect(reference).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
    }
  });

  test('counts every item once, by area and in all', () => {
    const { areas, counts, items } = review();
    const sum = (of: object) => Object.values(of).reduce((total: number, count) => total + Number(count), 0);
    expect(sum(counts)).toBe(items.length);
    expect(areas.reduce((total, area) => total + sum(area.counts), 0)).toBe(items.length);
  });

  test('an empty template is not ready: nothing is taken for granted', () => {
    const { ready, blocking } = review();
    expect(ready).toBe(false);
    expect(blocking).toContain('on-call');
    expect(blocking).toContain('security-findings');
    // No alarm at all is not "every alarm is well".
    expect(item('alarms-reach-people').answer).toBe('no');
    expect(item('alarms-on-entries').answer).toBe('person');
  });
});

describe('the template', () => {
  const cases: readonly (readonly [id: string, bad: object, good: object])[] = [
    [
      'encryption-at-rest',
      { A: { Type: 'AWS::RDS::DBInstance', Properties: {} } },
      { A: { Type: 'AWS::RDS::DBInstance', Properties: { StorageEncrypted: true } } },
    ],
    [
      'encryption-in-transit',
      {
        A: {
          Type: 'AWS::ElasticLoadBalancingV2::Listener',
          Properties: { Protocol: 'HTTP', DefaultActions: [{ Type: 'forward' }] },
        },
      },
      {
        A: {
          Type: 'AWS::ElasticLoadBalancingV2::Listener',
          Properties: { Protocol: 'HTTP', DefaultActions: [{ Type: 'redirect' }] },
        },
      },
    ],
    [
      'public-buckets',
      {
        A: {
          Type: 'AWS::S3::Bucket',
          Properties: { PublicAccessBlockConfiguration: { BlockPublicAcls: false } },
        },
      },
      { A: { Type: 'AWS::S3::Bucket', Properties: {} } },
    ],
    ['dashboard', {}, { A: { Type: 'AWS::CloudWatch::Dashboard', Properties: { DashboardBody: '{}' } } }],
    [
      'tracing',
      { A: { Type: 'AWS::Lambda::Function', Properties: {} } },
      { A: { Type: 'AWS::Lambda::Function', Properties: { TracingConfig: { Mode: 'Active' } } } },
    ],
    [
      'access-logs',
      { A: { Type: 'AWS::ApiGateway::Stage', Properties: {} } },
      { A: { Type: 'AWS::ApiGateway::Stage', Properties: { AccessLogSetting: { DestinationArn: 'a' } } } },
    ],
    [
      'throttling',
      { A: { Type: 'AWS::ApiGateway::Stage', Properties: {} } },
      {
        A: { Type: 'AWS::ApiGateway::Stage', Properties: { MethodSettings: [{ ThrottlingRateLimit: 10 }] } },
      },
    ],
    [
      'web-firewall',
      { A: { Type: 'AWS::CloudFront::Distribution', Properties: { DistributionConfig: {} } } },
      { A: { Type: 'AWS::CloudFront::Distribution', Properties: { DistributionConfig: { WebACLId: 'w' } } } },
    ],
    [
      'budget',
      {},
      { A: { Type: 'AWS::Budgets::Budget', Properties: { NotificationsWithSubscribers: [{}] } } },
    ],
    [
      'data-backed-up',
      { A: { Type: 'AWS::DynamoDB::Table', Properties: {} } },
      {
        A: {
          Type: 'AWS::DynamoDB::Table',
          Properties: { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } },
        },
      },
    ],
    [
      'owner-tagged',
      { A: { Type: 'AWS::SQS::Queue', Properties: { Tags: [{ Key: 'colour', Value: 'red' }] } } },
      { A: { Type: 'AWS::SQS::Queue', Properties: { Tags: [{ Key: 'team', Value: 'plans' }] } } },
    ],
    [
      'gradual-deployment',
      { A: { Type: 'AWS::Lambda::Function', Properties: {} } },
      {
        A: { Type: 'AWS::Lambda::Function', Properties: {} },
        B: { Type: 'AWS::CodeDeploy::DeploymentGroup', Properties: {} },
      },
    ],
    [
      'certificates-renew',
      { A: { Type: 'AWS::CertificateManager::Certificate', Properties: { ValidationMethod: 'EMAIL' } } },
      { A: { Type: 'AWS::CertificateManager::Certificate', Properties: { ValidationMethod: 'DNS' } } },
    ],
  ];

  test.each(cases)('answers %s with no, and with yes once fixed', (id, bad, good) => {
    expect(item(id, bad)).toMatchObject({ answer: 'no' });
    expect(item(id, bad).next).not.toBe('');
    expect(item(id, good)).toMatchObject({ answer: 'yes', next: '' });
  });

  test('answers partly when some are and some are not, and names those that are not', () => {
    const found = item('tracing', {
      On: { Type: 'AWS::Lambda::Function', Properties: { TracingConfig: { Mode: 'Active' } } },
      Off: { Type: 'AWS::Lambda::Function', Properties: {} },
    });
    expect(found).toMatchObject({ answer: 'partly', resources: [{ logicalId: 'Off' }] });
  });

  test('says cannot tell when a value is not known', () => {
    const found = item('encryption-at-rest', {
      A: { Type: 'AWS::RDS::DBInstance', Properties: { StorageEncrypted: { Ref: 'Unknown' } } },
    });
    expect(found.answer).toBe('cannot-tell');
    expect(found.evidence[0]?.at).toBe('App/A');
  });
});

describe('other sections', () => {
  const finding = {
    rule: 'public-bucket',
    source: 'slipway',
    area: 'security',
    severity: 'high',
    title: 'Everybody can read App/A',
    why: '',
    fix: '',
    evidence: [],
    fingerprint: 'f',
  } as const;

  test('open findings answer no, acknowledged ones yes, and a section that did not run cannot tell', () => {
    expect(item('security-findings').answer).toBe('cannot-tell');
    expect(item('security-findings', {}, { security: [finding] }).answer).toBe('no');
    const accepted = { ...finding, acknowledged: { reason: 'a website', state: 'valid' } } as const;
    expect(item('security-findings', {}, { security: [accepted] }).answer).toBe('yes');
    const expired = { ...finding, acknowledged: { reason: 'a website', state: 'expired' } } as const;
    expect(item('security-findings', {}, { security: [expired] }).answer).toBe('no');
  });

  test('cost and capacity are taken as given', () => {
    const cost = { usdPerMonth: 5.17, usdPerMonthWithoutFree: 9.1, notPriced: [] };
    expect(item('cost-known', {}, { cost }).because).toContain('$9.10 ($5.17 with the free tier)');
    expect(item('cost-known', {}, { cost: { ...cost, notPriced: ['a queue'] } }).answer).toBe('partly');
    expect(
      item('capacity-objective', {}, { capacity: { met: false, because: 'It is full at 20/s.' } }),
    ).toMatchObject({
      answer: 'no',
      because: 'It is full at 20/s.',
    });
  });
});

describe('a local run', () => {
  const run: LocalRun = {
    measuredAt: today,
    by: 'npm test',
    jobs: { run: 100, completed: 100, failed: 0 },
    latencies: [{ what: 'POST /jobs', p95Ms: 1_200, objectiveMs: 1_000 }],
    load: { requestsPerSecond: 10, seconds: 600, errors: 0 },
    faults: [
      { what: 'worker killed', recovered: true, seconds: 61 },
      { what: 'table gone', recovered: false },
    ],
    restarts: [{ what: 'kill -9', kept: true }],
    restores: [{ what: 'App/Table', seconds: 900, complete: true }],
    denials: 0,
  };

  test('proves what it measured, and says when it was', () => {
    const { items } = review({}, { localRun: run });
    const of = (id: string) => items.find((each) => each.id === id);
    for (const id of [
      'work-completes',
      'load-tested',
      'restarts-lose-nothing',
      'restore-tested',
      'nothing-denied',
    ])
      expect(of(id)).toMatchObject({ answer: 'yes', from: 'local-run' });
    expect(of('latency-objective')).toMatchObject({
      answer: 'no',
      evidence: [{ at: 'POST /jobs', shows: 'p95 1200 ms, objective 1000 ms' }],
    });
    expect(of('faults-injected')?.answer).toBe('partly');
    expect(of('restore-tested')?.because).toContain(today);
  });
});

describe('answers of people', () => {
  const said = (extra = '') =>
    `on-call:\n  answer: yes\n  by: Ada\n  date: 2026-11-01\n  note: rota in the wiki\n${extra}`;

  test('answers what only a person can', () => {
    expect(item('on-call', {}, answers(said()))).toMatchObject({
      answer: 'yes',
      from: 'person',
      because: 'Ada answered "yes" on 2026-11-01: rota in the wiki.',
    });
  });

  test('is asked again when an answer has expired, not on its last day', () => {
    expect(item('on-call', {}, answers(said('  expires: 2026-11-20\n')))).toMatchObject({
      answer: 'person',
      answered: { state: 'expired' },
    });
    expect(item('on-call', {}, answers(said('  expires: 2026-11-21\n'))).answer).toBe('yes');
  });

  test('does not overrule what resources show, and says that the two disagree', () => {
    const found = item('dashboard', {}, answers('dashboard: { answer: yes, by: Ada, date: 2026-11-01 }'));
    expect(found.answer).toBe('no');
    expect(found.conflict).toContain('Ada answered "yes"');
  });

  test('refuses unknown ids, answers and fields by name and line, and answers without a name or day', () => {
    const { problems } = readinessPart(
      [
        'on-cal: { answer: yes, by: A, date: 2026-11-01 }',
        'runbook: { answer: maybe, by: A, date: 2026-11-01 }',
        'support-plan: { answer: yes, who: A, by: A, date: 2026-11-01 }',
        'stages-apart: { answer: yes, date: 2026-13-01 }',
      ].join('\n'),
    );
    expect(problems.map(({ line }) => line)).toEqual([1, 2, 3, 4, 4]);
    expect(problems[0]?.message).toBe("on-cal: there is no 'on-cal' here; did you mean 'on-call'?");
    expect(problems[1]?.message).toContain('expected one of yes, no, partly, not-applicable, got "maybe"');
    expect(problems[2]?.message).toContain("there is no 'who' here");
    expect(problems[3]?.message).toContain('by is missing');
    expect(problems[4]?.message).toContain("date is '2026-13-01'");
  });
});
