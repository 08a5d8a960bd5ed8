/** Gates, packs and recovery: what they set, and what is said of mistakes in them. */
import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../../src/review/inputs/config.ts';
import { configPart } from '../part.ts';

describe('the review’s config', () => {
  it('has defaults for everything, so that an empty file changes nothing', () => {
    expect(configPart('').value).toEqual({ ...defaultConfig, recovery: { dataGb: {}, restoreSeconds: {} } });
    expect(configPart('# nothing yet\n').problems).toEqual([]);
  });

  it('sets gates, targets and what the template cannot say', () => {
    const { value: config, problems } = configPart(`
gates:
  findings: medium
  budget: { expected: 50, high: 120.5 }
  readiness: true
packs: [AwsSolutions, Serverless]
recovery:
  rto: 1h
  rpo: 15m
  lost-region: { rto: 2d }
  dataGb: { default: 5, Jobs/Table: 40 }
  respond: 5m - 30m
  restore: { Jobs/Table: 90s }
`);
    expect(problems).toEqual([]);
    expect(config).toEqual({
      gates: {
        ...defaultConfig.gates,
        findings: 'medium',
        budget: { expected: 50, high: 120.5 },
        readiness: true,
      },
      packs: ['AwsSolutions', 'Serverless'],
      targets: { rtoSeconds: 3600, rpoSeconds: 900, scenarios: { 'lost-region': { rtoSeconds: 172_800 } } },
      recovery: {
        dataGb: { default: 5, 'Jobs/Table': 40 },
        respondSeconds: { min: 300, max: 1800 },
        restoreSeconds: { 'Jobs/Table': { min: 90, max: 90 } },
      },
    });
  });

  it('takes a single number as the budget at expected use', () => {
    expect(configPart('gates: { budget: 50 }').value.gates.budget).toEqual({ expected: 50 });
  });

  it('refuses by name and line what it does not know', () => {
    const { problems } = configPart(
      'gates:\n  findigs: high\n  budget: -3\nrecovery:\n  rto: soon\npacks: HIPAA\n',
    );
    expect(problems.map(({ line, message }) => `${line} ${message}`)).toEqual([
      "2 gates.findigs: there is no 'findigs' here; did you mean 'findings'?",
      '3 gates.budget: expected a number of 0 or more, got -3',
      '5 recovery.rto: expected a duration such as 90s, 15m, 1h or 2d, got "soon"',
      '6 packs: expected a list, got "HIPAA"',
    ]);
  });

  it('refuses what is not YAML, and what is not settings', () => {
    expect(configPart('gates: [').problems[0]?.line).toBe(1);
    expect(configPart('just text').problems).toEqual([
      { line: 1, message: 'expected names with values, got "just text"' },
    ]);
  });
});
