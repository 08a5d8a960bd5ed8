/** The review as a whole: every section over one template. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { architectureOfTemplate } from '../../../src/architecture/index.ts';
import { defaultConfig } from '../../../src/review/inputs/config.ts';
import type { KeptAnswers } from '../../../src/review/readiness/index.ts';
import { allFindings } from '../../../src/review/report.ts';
import { review, sections } from '../../../src/review/review.ts';
import { loadPart, valid } from '../part.ts';
import { acknowledging, app, openBucket, quick, reviewOf, subjectOf, today } from './small-app.ts';

const load = () =>
  valid(loadPart('seed: 1\nduration: 10s\narrivals: { POST /: 1 per second }', subjectOf(app)));

describe('the review', () => {
  it('has every section, drawn, with no failure, from one template', async () => {
    const report = await reviewOf({ ...app, ...openBucket }, { sections, load: load() });
    expect(report.failures).toEqual([]);
    expect(report.app).toEqual({
      name: 'Notes',
      region: 'us-east-1',
      resources: 10,
      stacks: [{ name: 'Notes', resources: 10 }],
    });
    expect(report.cost?.totals.all.expected).toBeGreaterThan(0.03);
    expect(report.security?.exposure.entries.map(({ what }) => what)).toContain('POST /');
    expect(report.security?.tools.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual([
      'cdk-nag ran',
      'cloudformation-validate ran',
    ]);
    expect(report.capacity?.result?.entries.map(({ id }) => id)).toEqual(['POST /']);
    expect(report.recovery?.whole).toHaveLength(6);
    expect(report.readiness?.items.length).toBeGreaterThan(20);
    expect(report.diagram.nodes.map(({ id }) => id)).toContain('Notes/Table');
    expect(Object.keys(report.milliseconds).sort()).toEqual([...sections, 'diagram'].sort());
    // Our rules and the tools say one problem once.
    const rules = allFindings(report).map(({ rule }) => rule);
    expect(rules).toContain('public-bucket');
    expect(rules.some((rule) => rule.startsWith('AwsSolutions-'))).toBe(true);
    expect(
      new Set(allFindings(report).map(({ source, fingerprint }) => `${source}|${fingerprint}`)).size,
    ).toBe(rules.length);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  it('is the same the second time, but for how long it took', async () => {
    const all = { sections: ['cost', 'capacity', 'recovery', 'readiness'] as const, load: load() };
    const timeless = (report: object) =>
      JSON.stringify(report, (key, value) => (key === 'milliseconds' ? undefined : value), 1);
    const [one, two] = [await reviewOf(app, all), await reviewOf(app, all)];
    expect(timeless(two)).toBe(timeless(one));
  });

  it.each([...sections].filter((section) => section !== 'security'))(
    'has %s alone when asked',
    async (section) => {
      const report = await reviewOf(app, { sections: [section], load: load() });
      const there = sections.filter((name) => report[name] !== undefined);
      expect(there).toEqual([section]);
      expect(Object.keys(report.milliseconds).sort()).toEqual(['diagram', section].sort());
    },
  );

  it('says which section failed and has the others whole', async () => {
    class Lost extends Map<string, never> {
      override get(): never {
        throw new Error('the answers went away');
      }
    }
    const answers: KeptAnswers = new Lost();
    const report = await reviewOf(app, { answers });
    expect(report.failures).toEqual([
      { section: 'readiness', error: expect.stringContaining('the answers went away') },
    ]);
    expect(report.readiness).toBeUndefined();
    const sound = await reviewOf(app);
    expect({ cost: report.cost, recovery: report.recovery }).toEqual({
      cost: sound.cost,
      recovery: sound.recovery,
    });
  });

  it('reviews an empty template', async () => {
    const report = await reviewOf({}, { sections: ['cost', 'capacity', 'recovery', 'readiness'] });
    expect(report.failures).toEqual([]);
    expect(report.cost?.totals.all.expected).toBe(0);
    expect(report.capacity?.result).toBeNull();
    expect(report.capacity?.because).not.toBe('');
  });
});

describe('acknowledgements', () => {
  const accepted = acknowledging(app, 'Files', 'bucket-versioning', '2026-12-31');
  const versioning = async (day: string, resources = accepted) => {
    const report = await reviewOf(resources, {
      today: day,
      sections: ['recovery'],
      config: { ...defaultConfig, gates: { ...defaultConfig.gates, findings: 'medium' } },
    });
    const finding = report.recovery?.rules
      .flatMap(({ findings }) => findings)
      .find(({ rule, resource }) => rule === 'bucket-versioning' && resource?.logicalId === 'Files');
    return { finding, report };
  };

  it('close a finding up to their day, and it is open on the next', async () => {
    const open = (await versioning(today, app)).report;
    const on = await versioning('2026-12-31');
    expect(on.finding?.acknowledged).toEqual({
      reason: 'They are copies.',
      expires: '2026-12-31',
      state: 'valid',
    });
    const after = await versioning('2027-01-01');
    expect(after.finding?.acknowledged?.state).toBe('expired');
    const because = ({ gates }: typeof open) => gates[0]?.because ?? '';
    const medium = (report: typeof open) => Number(/^(\d+) medium/.exec(because(report))?.[1]);
    expect(medium(open) - medium(on.report)).toBe(1);
    expect(medium(after.report)).toBe(medium(open));
  });

  it('that cover nothing are findings themselves', async () => {
    const { report } = await versioning(
      today,
      acknowledging(app, 'Table', 'bucket-versioning', '2026-12-31'),
    );
    expect(report.acknowledgements).toMatchObject([
      { rule: 'acknowledgement-unused', resource: { logicalId: 'Table' } },
    ]);
  });

  it('are not called unused when the section of their rule was not asked for', async () => {
    const report = await reviewOf(accepted, { sections: ['cost'] });
    expect(report.acknowledgements).toEqual([]);
  });
});

describe('damaged templates', () => {
  const odd = fc.oneof(
    fc.constantFrom(null, '', 0, -1, true, [], {}, { Ref: 'Nowhere' }, { 'Fn::GetAtt': 'x' }, '\u0000'),
    fc.constantFrom({ 'Fn::Sub': '${' }, { 'Fn::If': ['c'] }, { 'Fn::Join': [] }, { Ref: 'Table' }),
    fc.jsonValue({ maxDepth: 2 }),
  );
  const places = [
    ...Object.entries({ ...app, ...openBucket }).flatMap(([id, resource]) => [
      [id],
      [id, 'Type'],
      [id, 'Properties'],
      [id, 'DependsOn'],
      [id, 'Metadata'],
      ...Object.keys('Properties' in resource ? (resource.Properties as object) : {}).map((key) => [
        id,
        'Properties',
        key,
      ]),
    ]),
  ];
  const put = (whole: Record<string, unknown>, [head = '', ...rest]: readonly string[], value: unknown) => {
    const inner = whole[head];
    whole[head] =
      rest.length === 0 || typeof inner !== 'object' || inner === null
        ? value
        : put({ ...inner } as Record<string, unknown>, rest, value);
    return whole;
  };

  it('never make a section fail', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(...places), odd), { minLength: 1, maxLength: 4 }),
        async (damages) => {
          const resources = damages.reduce<Record<string, unknown>>(
            (whole, [place, value]) => put(whole, place, value),
            { ...app, ...openBucket },
          );
          const text = JSON.stringify({ Resources: resources });
          const report = await review(architectureOfTemplate(text, { name: 'Notes' }), {
            today,
            sections: quick,
          });
          expect(report.failures).toEqual([]);
          expect(report.cost).toBeDefined();
        },
      ),
      { numRuns: 150, seed: 4 },
    );
  });
});
