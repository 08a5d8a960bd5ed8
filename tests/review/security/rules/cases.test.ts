/**
 * Every rule on every template in its folder: `cases/<rule>/<case>.yaml`, whose first lines say what must come out.
 * `# expect:` verdict · `# severity:` and `# title:` of a finding · `# unclear:` text of what cannot be told ·
 * `# hides:` text that must not be shown · `# measured:` principal, action, resource that a run used.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { architectureOfTemplate } from '../../../../src/architecture/index.ts';
import { runRule } from '../../../../src/review/finding.ts';
import type { MeasuredAction } from '../../../../src/review/security/report.ts';
import { securityRules } from '../../../../src/review/security/rules/index.ts';

const folder = join(import.meta.dirname, 'cases');

function said(text: string, key: string): string[] {
  return [...text.matchAll(new RegExp(`^# ${key}: (.*)$`, 'gm'))].map(([, value = '']) => value.trim());
}

function measuredIn(text: string): MeasuredAction[] {
  return said(text, 'measured').map((line) => {
    const [principal = '', action = '', resource = ''] = line.split(' ');
    return { principal, action, resource };
  });
}

const ids = securityRules().map(({ id }) => id);

describe('security rules', () => {
  it('have cases: each rule has one that passes or does not apply, and one that is found', () => {
    for (const id of ids) {
      const verdicts = readdirSync(join(folder, id)).map(
        (file) => said(readFileSync(join(folder, id, file), 'utf8'), 'expect')[0],
      );
      expect(verdicts, id).toContain('findings');
      expect(
        verdicts.some((one) => one === 'pass' || one === 'not-applicable'),
        id,
      ).toBe(true);
    }
    expect(readdirSync(folder).sort()).toEqual([...ids].sort());
  });

  for (const id of readdirSync(folder))
    for (const file of readdirSync(join(folder, id))) {
      const text = readFileSync(join(folder, id, file), 'utf8');
      const [why = file] = text.split('\n');
      it(`${id}: ${why.replace(/^# /, '')} → ${said(text, 'expect')[0]}`, () => {
        const measured = measuredIn(text);
        const rule = securityRules(measured.length > 0 ? { measured } : {}).find((one) => one.id === id);
        if (rule === undefined) throw new Error(`there is no rule ${id}`);
        const result = runRule(rule, architectureOfTemplate(text));
        const shown = JSON.stringify(result, null, 1);
        expect(result.verdict, shown).toBe(said(text, 'expect')[0]);
        for (const severity of said(text, 'severity'))
          expect(result.findings.map((one) => one.severity)).toContain(severity);
        for (const title of said(text, 'title'))
          expect(result.findings.map((one) => one.title).join('\n')).toContain(title);
        for (const unclear of said(text, 'unclear'))
          expect(result.unclear.map((one) => `${one.what}: ${one.because}`).join('\n')).toContain(unclear);
        for (const hidden of said(text, 'hides')) expect(shown).not.toContain(hidden);
        for (const finding of result.findings) {
          expect(finding.fix.length).toBeGreaterThan(10);
          expect(finding.evidence.length).toBeGreaterThan(0);
        }
      });
    }
});
