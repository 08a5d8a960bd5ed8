import { join, sep } from 'node:path';
import { expect, test } from 'vitest';
import { cacheFolder } from '../../src/core/cache-folder.ts';

const absolute = join(sep, 'caches');

test("the cache is in the operating system's cache folder", () => {
  expect(cacheFolder('review', {}, 'linux')).toMatch(/[\\/]\.cache[\\/]slipway[\\/]review$/);
  expect(cacheFolder('review', {}, 'darwin')).toMatch(/[\\/]Library[\\/]Caches[\\/]slipway[\\/]review$/);
  expect(cacheFolder('review', { LOCALAPPDATA: absolute }, 'win32')).toBe(
    join(absolute, 'slipway', 'review'),
  );
});

test('XDG_CACHE_HOME names another, unless it is relative', () => {
  expect(cacheFolder('review', { XDG_CACHE_HOME: absolute }, 'linux')).toBe(
    join(absolute, 'slipway', 'review'),
  );
  expect(cacheFolder('review', { XDG_CACHE_HOME: 'here' }, 'linux')).toBe(cacheFolder('review', {}, 'linux'));
});
