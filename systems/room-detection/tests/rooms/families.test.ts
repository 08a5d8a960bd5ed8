/** Accuracy on generated plans with known rooms; `node --import tsx bench/accuracy.ts` prints it for more of them. */
import { describe, expect, it } from 'vitest';
import { scoreFamily } from '../../bench/accuracy.ts';
import { FAMILIES } from '../../bench/plans/families.ts';

describe.each(FAMILIES.filter((family) => family.clean))('on clean plans: $name', (family) => {
  it('finds every room and no other', () => {
    expect(scoreFamily(family, 5, 100)).toMatchObject({ accuracy: 1, wrong: 0 });
  });
});

describe.each(FAMILIES.filter((family) => !family.clean))('on plans drawn by hand: $name', (family) => {
  it('finds 99 % of the rooms with less than 0.5 % false ones', () => {
    const score = scoreFamily(family, 8, 100);
    expect(score.accuracy).toBeGreaterThanOrEqual(0.99);
    expect(score.falsePositives).toBeLessThan(0.005);
  });
});
