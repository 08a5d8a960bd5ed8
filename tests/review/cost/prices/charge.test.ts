import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  charge,
  chargeAll,
  decimal,
  exact,
  fixed,
  priceOf,
  subtract,
  zero,
} from '../../../../src/review/cost/prices/index.ts';

function known(id: string) {
  const found = priceOf(id, 'us-east-1');
  if ('missing' in found) throw new Error(found.missing);
  return found;
}
const requests = known('lambda.requests');
const rest = known('api-gateway.rest.requests');
const cents = fc.integer({ min: 0, max: 10_000_000 }).map((digits) => `${digits / 100}`);

describe('decimals', () => {
  it('add, subtract and multiply without error', () => {
    expect(exact(add(decimal('0.1'), decimal('0.2')))).toBe('0.3');
    fc.assert(
      fc.property(cents, cents, (a, b) => {
        expect(exact(subtract(add(decimal(a), decimal(b)), decimal(b)))).toBe(exact(decimal(a)));
      }),
    );
  });

  it('round half away from zero when shown', () => {
    expect([fixed(decimal('1.005')), fixed(decimal('-1.005')), fixed(decimal('0.004'))]).toEqual([
      '1.01',
      '-1.01',
      '0.00',
    ]);
  });

  it('read what a number prints as, small and large', () => {
    expect([1e-7, 1e21, 12.5, 0].map((value) => exact(decimal(value)))).toEqual([
      '0.0000001',
      '1000000000000000000000',
      '12.5',
      '0',
    ]);
  });

  it('refuse what is not a finite number', () => {
    for (const text of ['', 'NaN', '1,000', '$1', '1.']) expect(() => decimal(text)).toThrow(RangeError);
    expect(() => decimal(Number.POSITIVE_INFINITY)).toThrow(RangeError);
  });
});

describe('charging', () => {
  it('shows free units and each tier', () => {
    const { usd, free, steps } = charge(rest.row, rest.price, 1_500_000_000, { free: 'first-year' });
    expect(exact(free)).toBe('1000000');
    expect(
      steps.map((step) => [step.tier, step.of, exact(step.quantity), step.usdPer, fixed(step.usd)]),
    ).toEqual([
      [1, 4, '332000000', '3.5', '1162.00'],
      [2, 4, '667000000', '2.8', '1867.60'],
      [3, 4, '500000000', '2.38', '1190.00'],
    ]);
    expect(fixed(usd)).toBe('4219.60');
  });

  it('counts first-year allowances only when asked, lasting ones by default', () => {
    const usd = (id: string, free?: 'none' | 'always' | 'first-year') => {
      const { row, price } = known(id);
      return fixed(charge(row, price, 1_000_000, { free }).usd);
    };
    expect([usd('api-gateway.rest.requests'), usd('api-gateway.rest.requests', 'first-year')]).toEqual([
      '3.50',
      '0.00',
    ]);
    expect([usd('lambda.requests'), usd('lambda.requests', 'none')]).toEqual(['0.00', '0.20']);
  });

  it('costs the same in one piece or in several', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20_000_000_000 }), { maxLength: 6 }), (parts) => {
        const whole = parts.reduce((sum, part) => sum + part, 0);
        const lines = parts.map((quantity) => ({ id: 'api-gateway.rest.requests', quantity }));
        const pieces = chargeAll(lines, 'us-east-1', { free: 'first-year' });
        expect(exact(pieces.usd)).toBe(
          exact(charge(rest.row, rest.price, whole, { free: 'first-year' }).usd),
        );
      }),
    );
  });

  it('never costs less for more', () => {
    const amount = fc.integer({ min: 0, max: 1_000_000_000 });
    fc.assert(
      fc.property(amount, amount, (a, b) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)];
        const usd = (quantity: number) => charge(rest.row, rest.price, quantity).usd;
        expect(subtract(usd(more), usd(less)).digits).toBeGreaterThanOrEqual(0n);
      }),
    );
  });

  it('starts the tiers of data transfer after its free 100 GB, in one piece or two', () => {
    const { row, price } = known('data-transfer.out');
    const whole = charge(row, price, 100 + 10_240 + 1_000);
    expect(whole.steps.map((step) => [exact(step.quantity), step.usdPer])).toEqual([
      ['10240', '0.09'],
      ['1000', '0.085'],
    ]);
    const parts = [60, 10_240, 1_040].map((quantity) => ({ id: row.id, quantity }));
    expect(exact(chargeAll(parts, 'us-east-1').usd)).toBe(exact(whole.usd));
  });

  it('gives a shared allowance once', () => {
    const bill = chargeAll(
      [
        { id: 'lambda.duration', quantity: 300_000 },
        { id: 'lambda.duration.arm64', quantity: 300_000 },
      ],
      'us-east-1',
    );
    const free = bill.lines.map((line) => ('missing' in line ? line.missing : exact(line.charge.free)));
    expect(free).toEqual(['300000', '100000']);
  });

  it('lists a line without a price instead of counting it as nothing', () => {
    const bill = chargeAll(
      [
        { id: 'fargate.spot', quantity: 10 },
        { id: 'lambda.requests', quantity: 2_000_000 },
      ],
      'us-east-1',
    );
    expect(fixed(bill.usd)).toBe('0.20');
    expect(bill.lines[0]).toHaveProperty('missing', expect.stringContaining('Fargate'));
  });

  it('charges nothing for nothing, in no step', () => {
    expect(charge(requests.row, requests.price, 0)).toEqual({ usd: zero, steps: [], free: zero });
  });

  it('refuses a negative quantity', () => {
    expect(() => charge(requests.row, requests.price, -1)).toThrow('a quantity cannot be negative');
  });
});
