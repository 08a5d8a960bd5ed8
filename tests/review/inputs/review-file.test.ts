/** `slipway-review.yaml`: written with its questions, added to without losing a word, refused with the line. */
import { describe, expect, it } from 'vitest';
import { initReviewFile } from '../../../src/review/inputs/init.ts';
import { readReviewFile } from '../../../src/review/inputs/review-file.ts';
import { review } from '../../../src/review/review.ts';
import { app as resources, subjectOf, today } from '../review/small-app.ts';

const app = subjectOf(resources);
const { readiness } = await review(app, { today, sections: ['readiness'] });
const items = readiness?.items ?? [];
const written = initReviewFile(app, items);

const fileOf = (text: string) => {
  const read = readReviewFile(text, app);
  if (read.problems !== undefined) throw new Error(JSON.stringify(read.problems));
  return read.file;
};
const problemsOf = (text: string) =>
  (readReviewFile(text, app).problems ?? []).map(({ line, message }) => `${line} ${message}`);

describe('the written file', () => {
  it('has every part, and is read back as nothing answered', () => {
    const file = fileOf(written);
    expect(file.load?.arrivals).not.toEqual([]);
    expect(file.usage?.answers.size).toBe(0);
    expect(file.answers?.size).toBe(0);
    expect(file.config.gates.findings).toBe('high');
  });

  it('asks every open question of the launch list', () => {
    const open = items.filter(({ answer }) => answer === 'person');
    expect(open.length).toBeGreaterThan(10);
    for (const { id, question } of open) {
      expect(written).toContain(`\n  ${id}:\n`);
      expect(written).toContain(`# ${question}`);
    }
  });

  it('is unchanged when it is written again', () => {
    expect(initReviewFile(app, items, written)).toBe(written);
  });
});

describe('a file that people have written in', () => {
  const theirs = `# ours
readiness: # who answers what
  on-call: # see the wiki
    { answer: yes, by: Ada, date: 2026-11-01 }
usage:
  unit: note
  resources:
    Table: { itemKB: 4 } # measured
    # nothing more is known
load:
  arrivals: {}
`;
  const extended = initReviewFile(app, items, theirs);

  it('keeps every line', () => {
    // Only the braces of an empty map go, when something is put into it.
    const lines = theirs.trimEnd().split('\n').slice(0, -1);
    expect(extended.split('\n').filter((line) => lines.includes(line))).toEqual(lines);
  });

  it('gets the parts and entries that it lacks', () => {
    const file = fileOf(extended);
    expect(file.answers?.get('on-call')).toMatchObject({ by: 'Ada' });
    expect(file.usage?.uses.unit).toBe('note');
    expect(file.load?.arrivals.map(({ entry }) => entry)).toContain('POST /');
    expect(extended).toContain('\n  threat-model:\n');
    expect(extended).toContain('\ngates:\n');
    expect(extended.match(/^ {4}Table:/gm)).toHaveLength(1);
    expect(extended.indexOf('# nothing more is known')).toBeLessThan(extended.indexOf('    Files:'));
  });

  it('is unchanged the second time', () => {
    expect(initReviewFile(app, items, extended)).toBe(extended);
  });

  it('stays as it is when it cannot be read', () => {
    expect(initReviewFile(app, items, 'a: [')).toBe('a: [');
  });
});

describe('mistakes', () => {
  it('are all named at once, in the order of the file', () => {
    expect(
      problemsOf(
        'gate: {}\nload:\n  arrivals:\n    POST /nowhere: 1 per second\nusage:\n  uses: -1\nprices: [1]\n',
      ),
    ).toEqual([
      "1 gate: there is no 'gate' here; did you mean 'gates'?",
      expect.stringMatching(/^4 load\.arrivals\.POST \/nowhere: nothing in the template is called/),
      '6 usage.uses: expected a number of 0 or more, got -1',
      expect.stringMatching(/^7 prices: expected/),
      expect.stringMatching(/^7 prices: expected the name of the file/),
    ]);
  });

  it('are named where the file is not YAML, or no map', () => {
    expect(problemsOf('gates: [\n')[0]).toMatch(/^\d not YAML|this is not YAML/);
    expect(problemsOf('- a')).toEqual(['1 expected names with values, got ["a"]']);
  });
});
