/** `slipway-measured.json`: what it holds, what is refused, and what it says of a template. */
import { describe, expect, it } from 'vitest';
import { measuredInputs } from '../../../src/review/measured/measured-inputs.ts';
import { type MeasuredFile, readMeasuredFile } from '../../../src/review/measured/run-file.ts';
import { app as resources, subjectOf } from '../review/small-app.ts';

const app = subjectOf(resources);
const file: MeasuredFile = {
  version: 1,
  measuredAt: '2026-11-21',
  by: 'npm test',
  uses: 50,
  physicalIds: { 'notes-fn': 'Notes/Create', 'notes-role': 'Notes/Role' },
  actions: [
    { principal: 'arn:aws:iam::123456789012:role/notes-role', action: 'dynamodb:PutItem', resource: '*' },
    { principal: 'arn:aws:iam::123456789012:user/developer', action: 's3:ListBucket', resource: '*' },
  ],
  meter: [{ service: 'lambda', usage: 'requests', quantity: 200, resource: 'notes-fn', hour: 0 }],
  samples: [
    { resource: 'notes-fn', what: 'duration', seconds: [0.1, 0.2] },
    { resource: 'another-apps-function', what: 'duration', seconds: [9] },
  ],
  rehearsals: { denials: 0, restarts: [{ what: 'kill -9', kept: true }] },
};
const problemsOf = (value: unknown) => {
  const read = readMeasuredFile(typeof value === 'string' ? value : JSON.stringify(value));
  return 'problems' in read ? read.problems : [];
};

describe('the file of a run', () => {
  it('is read field by field', () => {
    expect(readMeasuredFile(JSON.stringify(file))).toEqual({ measured: file });
  });

  it('is refused with every mistake by name', () => {
    const head = { version: 1, measuredAt: '2026-11-21', by: 'x' };
    expect(problemsOf({ ...head, speed: 1 })[0]).toContain('speed is not a field; known are version');
    expect(problemsOf({ version: 2, by: 'x', rehearsals: { jobs: { run: -1, completed: 0 } } })).toEqual([
      'version is 2, expected 1',
      'measuredAt is missing',
      'rehearsals.jobs.run is -1, expected a number of 0 or more',
      'rehearsals.jobs.failed is missing',
    ]);
    expect(problemsOf({ ...head, samples: [{ resource: 'a', what: 'speed', seconds: ['1'] }] })).toEqual([
      'samples.0.what is "speed", expected duration, init, receive-to-delete',
      'samples.0.seconds is ["1"], expected a list of numbers of 0 or more',
    ]);
    expect(problemsOf({ ...head, physicalIds: [] })).toEqual([
      'physicalIds is [], expected an object with a text for each name',
    ]);
    expect(problemsOf('{')[0]).toContain('not JSON');
    expect(problemsOf('[]')).toEqual(['the file is [], expected an object']);
  });
});

describe('what a run says of a template', () => {
  const inputs = measuredInputs(app, file);

  it('are the actions of its own roles', () => {
    expect(inputs.actions).toEqual([{ principal: 'Notes/Role', action: 'dynamodb:PutItem', resource: '*' }]);
  });

  it('are the times of its functions, by the names of the run or of the template', () => {
    expect([...inputs.times.seconds]).toEqual([['Notes/Create time', [0.1, 0.2]]]);
    const byName = measuredInputs(app, {
      ...file,
      samples: [{ resource: 'Create', what: 'init', seconds: [1] }],
    });
    expect([...byName.times.seconds]).toEqual([['Notes/Create coldStart', [1]]]);
  });

  it('is use, per use of the run, where nobody stated it', () => {
    expect(inputs.usage(undefined)?.answers.get('Notes/Create')?.get('invocations')).toEqual({
      kind: 'per-use',
      perUse: 4,
      fixed: 0,
    });
    const stated = {
      uses: { unit: 'note', low: 1, expected: 2, high: 3 },
      usesStated: true,
      answers: new Map([['Notes/Create', new Map([['invocations', { kind: 'fixed', value: 7 } as const]])]]),
    };
    const usage = inputs.usage(stated);
    expect(usage?.answers.get('Notes/Create')?.get('invocations')).toEqual({ kind: 'fixed', value: 7 });
    expect(usage?.uses.unit).toBe('note');
  });

  it('is no use when nobody says how many uses the run served', () => {
    const { uses: _, ...unknown } = file;
    expect(measuredInputs(app, unknown).usage(undefined)).toBeUndefined();
  });

  it('is nothing when no name is the template’s', () => {
    expect(inputs.isEmpty).toBe(false);
    const { version, measuredAt, by } = file;
    expect(measuredInputs(app, { version, measuredAt, by }).isEmpty).toBe(true);
  });
});
