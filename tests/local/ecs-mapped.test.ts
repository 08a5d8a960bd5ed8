/** Containers on a machine without views: their paths are mapped, and what that cannot give is refused by name. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { judgeImage } from '../../src/local/compute/images/build.ts';
import { type EcsFixture, ecsFixture, until } from './ecs-fixture.ts';
import { type TestCloud, testCloud } from './harness.ts';

const folder = mkdtempSync(join(tmpdir(), 'slipway-mapped-'));
let cloud: TestCloud;
let fixture: EcsFixture;
beforeAll(async () => {
  // Read once, when the first image is looked at.
  vi.stubEnv('SLIPWAY_VIEWS', 'off');
  cloud = await testCloud();
  fixture = await ecsFixture(cloud);
});
afterAll(async () => {
  await cloud.dispose();
  fixture.remove();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

it('runs a Node.js image over its unpacked files, with the paths of its command led there', async () => {
  const program = `
    import { existsSync } from 'node:fs';
    console.log(JSON.stringify([process.argv[1] === '/app/main.mjs', existsSync(process.argv[1]), process.env.MARK]));`;
  const image = await fixture.image(program, 'ENV MARK=image');
  const task = await fixture.run(
    await fixture.define('mapped', { image, command: ['node', '/app/main.mjs'] }),
  );
  await fixture.stopped(task);
  const line = await until(async () => (await fixture.said()).find((text) => text.startsWith('[')));
  expect(JSON.parse(line)).toEqual([false, true, 'image']);
});

it.each([
  ['RUN', 'FROM node:20-slim\nRUN true', /Dockerfile:2: RUN cannot run here: views are turned off/],
  [
    'other base images',
    'FROM python:3.12-slim',
    /Dockerfile:1: the base image python:3.12-slim cannot be stood in for/,
  ],
])('refuses %s before anything is made', (name, Dockerfile, message) => {
  const directory = join(folder, name);
  mkdirSync(directory);
  writeFileSync(join(directory, 'Dockerfile'), Dockerfile);
  const { problems } = judgeImage({ directory });
  expect(problems.map(({ message }) => message).join('\n')).toMatch(message);
});
