/** `slipway review` and `slipway prices` as a user types them, and the usual mishaps. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { ReviewReport } from '../../src/review/report.ts';
import { type Product, priceFile, type Served, servePrices } from '../review/cost/refresh/price-server.ts';
import { app } from '../review/review/small-app.ts';
import { slipwayIn } from './cli.ts';
import { assemblyFolder } from './synthesized.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-review-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const slipway = slipwayIn(() => folder);
const write = (name: string, text: string): string => {
  const file = join(folder, name);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
  return file;
};
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
const template = (resources: object = app): string => JSON.stringify({ Resources: resources });
const reportOf = (text: string): ReviewReport => JSON.parse(text) as ReviewReport;
/** Quick: no outside tool, no simulation. */
const quick = ['--only', 'cost,recovery'];

describe('what it takes', () => {
  it('a template of JSON or YAML: the same review', async () => {
    write('app.json', template());
    write('app.yaml', stringify({ Resources: app }));
    const [json, yaml] = await Promise.all(
      ['app.json', 'app.yaml'].map((name) => slipway('review', name, ...quick, '--json')),
    );
    expect([json?.code, yaml?.code, json?.stderr, yaml?.stderr]).toEqual([0, 0, '', '']);
    const [one, two] = [json, yaml].map((outcome) => ({
      ...reportOf(outcome?.stdout ?? ''),
      milliseconds: 0,
    }));
    expect(two).toEqual(one);
    expect(one?.cost?.totals.all.expected).toBeGreaterThan(0);
  });

  it('a cloud assembly, whole: every section, on one page, without escape codes in a pipe', async () => {
    const { code, stdout, stderr } = await slipway(
      'review',
      assemblyFolder,
      '--output',
      'review.json',
      '--json',
    );
    expect(stderr).toBe('written to review.json\n');
    expect([code, stdout]).toEqual([0, '']);
    const report = reportOf(read('review.json'));
    expect(report.failures).toEqual([]);
    for (const section of ['cost', 'security', 'capacity', 'recovery', 'readiness'] as const)
      expect(report[section]).toBeDefined();
    expect(report.security?.tools.map(({ outcome }) => outcome)).toEqual(['ran', 'ran']);

    const text = await slipway('review', assemblyFolder, ...quick, '--compare', 'review.json');
    expect(text.code).toBe(0);
    expect(text.stdout).toMatch(/^room-detection: .*\n\nCOST {7}\$/);
    expect(text.stdout).not.toContain(String.fromCharCode(27));
    expect(text.stdout.split('\n').filter((line) => line.length > 110 && !line.startsWith('<'))).toEqual([]);
    expect(text.stdout).toMatch(/\nCHANGES {4}nothing that was reviewed; \d+ findings? as before\n$/);
  });

  it("a CDK app's folder, and one stage beside another", async () => {
    write('app/cdk.json', JSON.stringify({ app: 'node app.mjs' }));
    // What the CDK's own output has, without its start-up time.
    write(
      'app/app.mjs',
      `import { mkdirSync, writeFileSync } from 'node:fs';
const out = process.env.CDK_OUTDIR;
const { stage } = JSON.parse(process.env.CDK_CONTEXT_JSON ?? '{}');
const keys = stage === 'prod' ? { Key: { Type: 'AWS::KMS::Key', Properties: {} } } : {};
mkdirSync(out, { recursive: true });
writeFileSync(out + '/manifest.json', JSON.stringify({ version: '36.0.0', artifacts: { App: {
  type: 'aws:cloudformation:stack', environment: 'aws://unknown-account/unknown-region',
  properties: { templateFile: 'App.template.json' } } } }));
writeFileSync(out + '/App.template.json', JSON.stringify({ Resources: { Files: { Type: 'AWS::S3::Bucket' }, ...keys } }));
`,
    );
    const only = ['--only', 'cost'];
    await slipway('review', 'app', ...only, '--context', 'stage=dev', '--json', '--output', 'dev.json');
    const { code, stdout, stderr } = await slipway(
      'review',
      'app',
      ...only,
      ...['--context', 'stage=prod', '--compare', 'dev.json', '--format', 'md'],
    );
    expect(stderr).not.toMatch(/bug in Slipway/);
    expect(code).toBe(0);
    expect(stdout).toContain('### Cost: +$1.00 a month');
    expect(stdout).toContain('| Key | Customer managed key | $0 | $1.00 | +$1.00 |');
  });

  it('says what it cannot take: nothing there, a folder of something else, two targets, no target', async () => {
    const [nowhere, elsewhere, two, none] = await Promise.all([
      slipway('review', 'nowhere'),
      slipway('review', '.'),
      slipway('review', 'a', 'b'),
      slipway('review'),
    ]);
    expect([nowhere, elsewhere, two, none].map((outcome) => outcome?.code)).toEqual([1, 1, 2, 2]);
    expect(nowhere?.stderr).toContain('nowhere does not exist');
    expect(nowhere?.stderr).toContain('fix: name a folder with cdk.json');
    expect(elsewhere?.stderr).toContain('neither cdk.json nor');
    expect(none?.stderr).toContain('got nothing');
  });

  it('shows its options, and exits with 2 on one it does not have', async () => {
    const [help, option, format, only, context] = await Promise.all([
      slipway('review', '--help'),
      slipway('review', '.', '--fromat', 'md'),
      slipway('review', '.', '--format', 'pdf'),
      slipway('review', '.', '--only', 'cost,beauty'),
      slipway('review', '.', '--context', 'nonsense'),
    ]);
    expect(help?.code).toBe(0);
    for (const name of ['--format', '--compare', '--only', '--init', '--config', '--measured'])
      expect(help?.stdout).toContain(name);
    expect([option?.code, format?.code, only?.code, context?.code]).toEqual([2, 2, 2, 2]);
    expect(option?.stderr).toContain("Unknown option '--fromat'");
    expect(format?.stderr).toContain('--format takes text, json, md, html, sarif, got pdf');
    expect(only?.stderr).toContain('--only takes cost, security, capacity, recovery, readiness, got beauty');
  });
});

describe('the files beside an app', () => {
  it('are one of people, written with its questions; what they answer stays when it is written again', async () => {
    write('app.json', template());
    const first = await slipway('review', 'app.json', '--init');
    expect([first.code, first.stderr]).toEqual([0, 'written: slipway-review.yaml\n']);
    // As written it is readable, and the review takes it.
    const plain = await slipway('review', 'app.json', ...quick);
    expect([plain.code, plain.stderr]).toEqual([0, '']);

    const answered = read('slipway-review.yaml')
      .replace('findings: high ', 'findings: never ')
      .replace('expected: 10000', 'expected: 4321')
      .replace(
        /^ {2}on-call:\n {4}answer: ''\n {4}by: ''\n {4}date: ''/m,
        '  on-call:\n    answer: yes # we are\n    by: Ada\n    date: 2026-11-01',
      );
    expect(answered).toContain('# we are');
    write('slipway-review.yaml', answered);
    const again = await slipway('review', 'app.json', '--init');
    expect([again.code, again.stderr]).toEqual([0, 'unchanged: slipway-review.yaml\n']);
    expect(read('slipway-review.yaml')).toBe(answered);
    const report = await slipway('review', 'app.json', '--only', 'cost,readiness', '--json');
    const { cost, readiness } = reportOf(report.stdout);
    expect(cost?.uses.expected).toBe(4321);
    expect(readiness?.items.find(({ id }) => id === 'on-call')?.because).toContain('Ada answered "yes"');
  }, 60_000);

  it('are refused with the line that is wrong, and nothing is written', async () => {
    write('app.json', template());
    const mishaps = [
      ['--config', 'usage:\n  unit: job\n  uses:\n    low: 1\n    expected: lots\n    high: 3\n', /line 5: /],
      [
        '--config',
        'load:\n  duration: 1h\n  arrivals:\n    POST /nowhere: 1 per second\n',
        /line 4: .*POST \/nowhere/,
      ],
      [
        '--config',
        'gates:\n  findings: severe\n',
        /line 2: gates\.findings: expected one of critical.* got "severe"/,
      ],
      ['--config', 'gates: [\n', /line \d+: /],
      [
        '--config',
        'readiness:\n  on-call: { answer: no, by: A, date: soon }\n  who-knows:\n',
        /line 3: .*who-knows/,
      ],
      ['--config', 'prices: wrong-prices.json', /wrong-prices\.json/],
      ['--measured', '[]', /the file is \[\], expected an object/],
    ] as const;
    write('wrong/wrong-prices.json', '{"prices": 7');
    for (const [option, text, expected] of mishaps) {
      const file = write('wrong/file', text);
      const outcome = await slipway(
        'review',
        'app.json',
        ...[option, file, '--only', 'cost,readiness', '--format', 'html', '--output', 'page.html'],
      );
      expect([text, outcome.stderr]).toEqual([text, expect.stringMatching(expected)]);
      expect([text, outcome.code]).toEqual([text, 1]);
      expect(readdirSync(folder).sort()).toEqual(['app.json', 'wrong']);
    }
  }, 60_000);

  it('that were named must be there', async () => {
    write('app.json', template());
    for (const option of ['--config', '--measured']) {
      const outcome = await slipway('review', 'app.json', ...quick, option, 'nowhere.yaml');
      expect(outcome.code).toBe(1);
      expect(outcome.stderr).toContain('nowhere.yaml does not exist');
    }
  });
});

describe('gates and comparison', () => {
  it('exits with 1 when a gate fails, with the whole answer, and says which on stderr when that is elsewhere', async () => {
    write('app.json', template());
    write('slipway-review.yaml', 'gates: { budget: 0.01 }\n');
    const text = await slipway('review', 'app.json', ...quick);
    expect([text.code, text.stderr]).toEqual([1, '']);
    expect(text.stdout).toMatch(/✗ budget: \$0\.09 a month/);
    const file = await slipway(
      'review',
      'app.json',
      ...quick,
      '--format',
      'md',
      '--output',
      'out/deep/review.md',
    );
    expect(file.code).toBe(1);
    expect(file.stderr).toContain('gate failed: budget: $0.09 a month');
    expect(read('out/deep/review.md')).toContain('❌ **budget**');
  });

  it('compares with a saved report, and with another template', async () => {
    write('old.json', template());
    write('new.json', template({ ...app, Key: { Type: 'AWS::KMS::Key', Properties: {} } }));
    await slipway('review', 'old.json', ...quick, '--json', '--output', 'base.json');
    const [saved, other, json] = await Promise.all([
      slipway('review', 'new.json', ...quick, '--compare', 'base.json', '--format', 'md'),
      slipway('review', 'new.json', ...quick, '--compare', 'old.json', '--format', 'md'),
      slipway('review', 'new.json', ...quick, '--compare', 'base.json', '--json'),
    ]);
    expect(saved?.stdout).toContain('Customer managed key');
    expect(saved?.stdout).not.toContain('REST API calls');
    expect(other?.stdout).toBe(saved?.stdout);
    const { comparison } = JSON.parse(json?.stdout ?? '') as {
      comparison: { cost: { totals: { difference: { expected: number } } } };
    };
    expect(comparison.cost.totals.difference.expected).toBeCloseTo(1, 9);
  });

  it('refuses a saved report of another version', async () => {
    write('app.json', template());
    write('base.json', JSON.stringify({ version: 99, gates: [], app: {} }));
    const outcome = await slipway('review', 'app.json', ...quick, '--compare', 'base.json');
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toContain('another version of Slipway (99)');
  });
});

describe('prices refresh', () => {
  let served: Served | undefined;
  afterEach(async () => {
    await served?.close();
    served = undefined;
  });
  const requests = (usd: string): Product => ({
    sku: 'REQ',
    attributes: { Group: 'AWS-Lambda-Requests', usageType: 'Request' },
    unit: 'Requests',
    prices: [['0', 'Inf', usd]],
  });
  const lambda = (usd: string) => ({
    AWSLambda: { 'us-east-1': priceFile('AWSLambda', [requests(usd)]) },
  });
  const fn = { Fn: { Type: 'AWS::Lambda::Function', Properties: { Runtime: 'nodejs22.x' } } };

  it('reads a price list and the review then counts with it', async () => {
    served = await servePrices(lambda('0.0000900000'));
    const refreshed = await slipway('prices', 'refresh', '--host', served.host, '--json');
    const found = JSON.parse(refreshed.stdout) as { prices: { id: string; tiers: { usd: string }[] }[] };
    expect(found.prices.find(({ id }) => id === 'lambda.requests')?.tiers).toEqual([{ usd: '90' }]);
    expect(readdirSync(folder)).toEqual(['slipway-prices.json']);
    write('app.json', template(fn));
    write(
      'slipway-review.yaml',
      'usage:\n  unit: call\n  uses: { low: 1, expected: 2000000, high: 3000000 }\n',
    );
    const { stdout } = await slipway('review', 'app.json', '--only', 'cost', '--json');
    const line = reportOf(stdout).cost?.lines.find(({ price }) => price === 'lambda.requests');
    expect(line?.usd.expected).toBeCloseTo(90, 6);
  });

  it('leaves the file whole when the list is broken or away, says why, and exits with 1', async () => {
    served = await servePrices(lambda('0.0000003000'));
    await slipway('prices', 'refresh', '--host', served.host);
    const before = read('slipway-prices.json');
    await served.close();
    const path = '/offers/v1.0/aws/AWSLambda/20261030182801/us-east-1/index.csv';
    for (const answer of [
      { status: 500 },
      { cut: '"FormatVersion","v1.0"\n"Discl' },
      '<html>an error page</html>',
    ]) {
      served = await servePrices(lambda('0.0000004000'), { [path]: answer });
      const outcome = await slipway('prices', 'refresh', '--host', served.host);
      expect(outcome.code).toBe(1);
      expect(outcome.stderr).toContain('could not be used:');
      expect(read('slipway-prices.json')).toBe(before);
      await served.close();
    }
    const away = await slipway('prices', 'refresh', '--host', served.host);
    expect(away.code).toBe(1);
    expect(away.stderr).not.toMatch(/bug in Slipway/);
    expect(read('slipway-prices.json')).toBe(before);
    expect(readdirSync(folder)).toEqual(['slipway-prices.json']);
  });

  it('does not overwrite a file that is something else, and takes no other word than refresh', async () => {
    write('slipway-prices.json', '{"mine": true}');
    const [foreign, word] = await Promise.all([
      slipway('prices', 'refresh', '--host', 'http://127.0.0.1:9'),
      slipway('prices', 'fetch'),
    ]);
    expect([foreign?.code, word?.code]).toEqual([1, 2]);
    expect(read('slipway-prices.json')).toBe('{"mine": true}');
  });
});
