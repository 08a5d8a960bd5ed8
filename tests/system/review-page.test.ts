/** The review's page in a real browser: nothing asked of any network, no complaint, on a phone and on paper. */
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toHtml } from '../../src/review/forms/html/page.ts';
import { fullReport } from '../review/forms/given.ts';
import { launchChromium } from './chromium.ts';

let browser: Browser;
let folder: string;
let address: string;
const complaints: string[] = [];
const requests: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-page-'));
  const file = join(folder, 'review.html');
  writeFileSync(file, await toHtml(await fullReport(), { version: '0.0.0', date: '2026-11-21' }));
  address = pathToFileURL(file).href;
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(width: number): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => complaints.push(message.text()));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(address);
  const folder = process.env.SCREENSHOTS;
  if (folder) await page.screenshot({ path: join(folder, `review-${width}.png`), fullPage: true });
  return page;
}

it('shows the diagram, the charts and every section', async () => {
  const page = await open(1280);
  for (const id of ['architecture', 'cost', 'security', 'capacity', 'recovery', 'readiness'])
    expect(await page.locator(`#${id}`).isVisible()).toBe(true);
  expect(await page.locator('#architecture svg').count()).toBe(1);
  expect(await page.locator('#architecture svg .name').allTextContents()).toContain('Table');
  expect(await page.locator('svg.chart').count()).toBeGreaterThan(2);
  const drawn = await page.locator('svg.chart').evaluateAll((charts) =>
    charts.map((chart) => ({
      lines: chart.querySelectorAll('path,polyline,rect,circle').length,
      // Two sizes: Chromium has no layout for what is hidden.
      width: chart.getBoundingClientRect().width,
    })),
  );
  for (const { lines } of drawn) expect(lines).toBeGreaterThan(1);
  await page.close();
});

it.each([375, 768])('does not scroll sideways at %i pixels, but for boxes that say so', async (width) => {
  const page = await open(width);
  // As text: these tests are checked without the browser's types.
  const wide = await page.evaluate(`(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
    const limit = document.documentElement.clientWidth;
    return [...document.querySelectorAll('body *')]
      .filter((element) => !element.closest('.scroll') && !element.closest('svg'))
      .filter((element) => element.getBoundingClientRect().right > limit + 1)
      .map((element) => element.tagName + '.' + element.className + ': ' + element.textContent.slice(0, 60));
  })()`);
  expect(wide).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
  await page.close();
});

it('prints, with what is folded on the screen', async () => {
  const page = await open(1024);
  await page.emulateMedia({ media: 'print' });
  const folded = page.locator('details dd').first();
  expect(await folded.evaluate((element) => element.getBoundingClientRect().height)).toBeGreaterThan(0);
  const pdf = join(folder, 'review.pdf');
  await page.pdf({ path: pdf, format: 'A4' });
  const bytes = readFileSync(pdf);
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
  const text = bytes.toString('latin1');
  expect(text.match(/\/Type\s*\/Page\b/g)?.length ?? 0).toBeGreaterThan(2);
  // Words in fonts, not a picture of them.
  expect(text).toMatch(/\/Type\s*\/Font\b/);
  expect(text).toMatch(/\/ToUnicode/);
  await page.close();
});

it('asked for its own file and nothing else, and made no complaint', () => {
  expect(new Set(requests)).toEqual(new Set([address]));
  expect(complaints).toEqual([]);
});
