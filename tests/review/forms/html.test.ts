/** The page as a text; tests/system/review-page.test.ts opens it in a browser. */
import { beforeAll, describe, expect, it } from 'vitest';
import { toHtml } from '../../../src/review/forms/html/page.ts';
import type { ReviewReport } from '../../../src/review/report.ts';
import { reviewOf } from '../review/small-app.ts';
import { fullReport, hostile } from './given.ts';

let report: ReviewReport;
let page: string;
beforeAll(async () => {
  report = await fullReport();
  page = await toHtml(report, { version: '1.2.3', date: '2026-11-21' });
});

describe('the page', () => {
  it("has the template's own words as words", () => {
    expect(report.failures).toEqual([]);
    expect(page).not.toContain('<script');
    expect(page).not.toMatch(/<img/i);
    expect(page).not.toContain(hostile);
    expect(page).toContain('&#60;script src=&#34;http://evil.example/x.js&#34;&#62;');
  });

  it('loads nothing: no script, no frame, no address but in links that people follow', () => {
    expect(page).not.toMatch(/<(script|iframe|object|embed|link|base|form|audio|video)\b/i);
    expect(page).not.toMatch(/@import|url\((?!#)/i);
    // Values are escaped, so that a tag ends at its first bracket.
    const tags = [...page.matchAll(/<[a-z][^>]*>/gi)].map(([tag]) => tag);
    expect(
      tags.filter((tag) => /\s(src|srcset|on\w+|srcdoc|action|poster|background)\s*=/i.test(tag)),
    ).toEqual([]);
    const addresses = [...page.matchAll(/\s(?:xlink:)?href="([^"]*)"/g)].map(([, address = '']) => address);
    expect(addresses.length).toBeGreaterThan(10);
    for (const address of addresses) expect(address).toMatch(/^(#[\w-]+|https:\/\/[\w.-]+\/)/);
  });

  it('folds what rounds to nothing, and prints what is folded as one line', () => {
    const lines = /<table class="lines">(.*?)<\/table>/s.exec(page)?.[1] ?? '';
    const rows = [...lines.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) => row);
    const amounts = rows.flatMap((row) => /<td class="n">(\$[\d.,]+)<\/td>/.exec(row)?.[1] ?? []);
    expect(amounts.length).toBeGreaterThan(2);
    expect(amounts.filter((amount) => Number(amount.slice(1).replaceAll(',', '')) < 0.01)).toEqual([]);
    expect(page).not.toContain('details-content');
  });

  it('has every section, and where links within it lead', () => {
    for (const section of ['cost', 'security', 'capacity', 'recovery', 'readiness', 'notes'])
      expect(page).toContain(`id="${section}"`);
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    for (const [, id] of page.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(id);
  });

  it('says which version made it, on which day, and every finding whole', () => {
    expect(page).toContain('Slipway 1.2.3 on 2026-11-21');
    const findings = report.security?.results.flatMap(({ findings: all }) => all) ?? [];
    expect(findings.length).toBeGreaterThan(5);
    for (const { rule } of findings) expect(page).toContain(rule);
  });

  it('leaves a section out that was not reviewed', async () => {
    const cost = await toHtml(await reviewOf({}, { sections: ['cost'] }), {
      version: '1',
      date: '2026-11-21',
    });
    expect(cost).toContain('id="cost"');
    expect(cost).not.toContain('id="recovery"');
  });
});
