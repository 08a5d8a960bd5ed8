/** The page in a real browser: CloudFront → S3 site and API Gateway → … → rooms on screen. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCloud, testCloud } from '../local/harness.ts';
import { launchChromium } from './chromium.ts';
import { deployRoomDetection, type RoomDetection } from './room-detection.ts';

let cloud: TestCloud;
let system: RoomDetection;
let browser: Browser;
const complaints: string[] = [];

beforeAll(async () => {
  cloud = await testCloud();
  [system, browser] = await Promise.all([deployRoomDetection(cloud.stateDirectory), launchChromium()]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await cloud.dispose();
}, 60_000);

async function open(viewport = { width: 1280, height: 900 }): Promise<Page> {
  const page = await browser.newPage({ viewport });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // Chromium reports every 4xx answer as an error; the tests below provoke some.
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text()))
      complaints.push(message.text());
  });
  const answer = await page.goto(system.siteUrl);
  expect(answer?.status()).toBe(200);
  return page;
}

/** With SCREENSHOTS=<folder>, keeps a picture to look at. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

const state = (page: Page, wanted: string) =>
  page.locator(`[data-testid=status][data-status=${wanted}]`).waitFor({ timeout: 30_000 });

describe('the page', () => {
  it('takes a sample plan and shows its rooms; a reload keeps the job', async () => {
    const page = await open();
    await page.getByTestId('sample-select').selectOption('office-50-rooms');
    await page.getByTestId('detect-button').click();
    await state(page, 'completed');
    expect(await page.getByTestId('rooms-count').textContent()).toBe('50');
    await picture(page, 'office');
    await page.reload();
    await state(page, 'completed');
    expect(await page.getByTestId('rooms-count').textContent()).toBe('50');
    await page.getByTestId('room-row').first().waitFor();
    await page.close();
  });

  it('is drawn and detected with the keyboard alone, and the focus is where the next step is', async () => {
    const page = await open();
    const focused = () =>
      page.evaluate('document.activeElement.dataset.testid ?? document.activeElement.textContent');
    const press = async (...keys: readonly string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await page.getByRole('button', { name: 'Draw walls' }).focus();
    await press('Enter');
    await page.locator('[data-testid=draw-canvas]:focus').waitFor();
    // The first Enter begins a wall where the cursor then is.
    for (const arrow of ['ArrowRight', 'ArrowUp', 'ArrowLeft', 'ArrowDown'])
      await press('Enter', ...Array.from({ length: 6 }, () => arrow));
    await press('Enter');
    await page.getByText('4 walls.').waitFor();
    // Whoever overlooks "Use plan" finds the drawing ready all the same.
    expect(await page.getByTestId('detect-button').isEnabled()).toBe(true);
    await page.getByTestId('draw-done').focus();
    await press('Enter');
    await page.locator('[data-testid=detect-button]:focus').waitFor();
    await press('Enter');
    await state(page, 'completed');
    expect(await page.getByTestId('rooms-count').textContent()).toBe('1');
    expect(await focused()).toBe('detect-button');
    await page.getByRole('button', { name: 'Edit walls' }).press('Enter');
    await page.locator('[data-testid=draw-canvas]:focus').waitFor();
    await page.getByTestId('detect-button').press('Enter');
    await state(page, 'completed');
    await page.getByRole('button', { name: 'Edit walls' }).press('Enter');
    await page.getByRole('button', { name: 'Leave without using the drawing' }).press('Enter');
    expect(await focused()).toBe('Edit walls');
    await page.close();
  });

  it('names the sample again after a reload, and says when its address names no job', async () => {
    const page = await open();
    await page.getByTestId('sample-select').selectOption('l-shaped-flat');
    await page.getByTestId('detect-button').click();
    await state(page, 'completed');
    await page.reload();
    await state(page, 'completed');
    expect(await page.getByTestId('sample-select').inputValue()).toBe('l-shaped-flat');
    await page.goto(`${system.siteUrl}/#job=nope`);
    await page.reload();
    await page.getByText('The address of this page names no job').waitFor();
    await page.close();
  });

  it('shows a readable error for a file that is no plan', async () => {
    const page = await open();
    await page.getByTestId('upload-input').setInputFiles({
      name: 'broken.json',
      mimeType: 'application/json',
      buffer: Buffer.from('{"walls": ['),
    });
    const error = page.getByTestId('error');
    await error.waitFor();
    expect(await error.textContent()).toMatch(/broken\.json|JSON/);
    await picture(page, 'bad-file');
    await page.close();
  });

  it('works on a phone', async () => {
    const page = await open({ width: 360, height: 740 });
    await page.getByTestId('sample-select').selectOption('hand-drawn');
    await page.getByTestId('detect-button').click();
    await state(page, 'completed');
    await page.getByTestId('room-row').first().waitFor();
    const cut = `[document.documentElement, ...document.querySelectorAll('h1, h1 + p, .MuiTableContainer-root')]
      .filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.className || one.tagName)`;
    expect(await page.evaluate(cut)).toEqual([]);
    await picture(page, 'phone');
    await page.close();
  });

  it('comes with security headers, from the cache the second time, and answers deep links with the page', async () => {
    const page = await open();
    // Asked in the page: Node.js does not resolve *.localhost everywhere, browsers do.
    const get = (path: string) =>
      page.evaluate(async (url) => {
        const answer = await fetch(url);
        return {
          status: answer.status,
          headers: Object.fromEntries(answer.headers),
          text: await answer.text(),
        };
      }, path);
    const first = await get('/');
    expect(first.headers['content-security-policy']).toContain("default-src 'self'");
    expect(first.headers['x-content-type-options']).toBe('nosniff');
    expect(await get('/some/deep/link')).toMatchObject({ status: 200, text: first.text });
    const script = /assets\/[\w.-]+\.js/.exec(first.text)?.[0];
    const asset = await get(`/${script}`);
    expect(asset.headers['x-cache']).toBe('Hit from cloudfront');
    expect(asset.headers['cache-control']).toContain('immutable');
    await page.close();
  });

  it('made no complaint in the browser console', () => {
    expect(complaints).toEqual([]);
  });
});
