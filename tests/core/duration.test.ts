import { describe, expect, it } from 'vitest';
import { formatDuration } from '../../src/core/duration.ts';

describe('a duration for people', () => {
  it.each([
    [0, '0 s'],
    [0.0001, '<1 ms'],
    [0.045, '45 ms'],
    [0.9994, '999 ms'],
    [0.9996, '1 s'],
    [1.24, '1.2 s'],
    [9.96, '10 s'],
    [90, '90 s'],
    [119.7, '2 min'],
    [150, '2 min 30 s'],
    [599.6, '10 min'],
    [3_599, '1 h'],
    [4_800, '1 h 20 min'],
    [47.99 * 3_600, '47 h 59 min'],
    [48 * 3_600, '2 d'],
    [63 * 3_600, '2 d 15 h'],
    [1_200 * 86_400, '1,200 d'],
    [-90, '-90 s'],
    [Number.POSITIVE_INFINITY, 'for ever'],
    [Number.NaN, 'an unknown time'],
  ])('of %d s is %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });
});
