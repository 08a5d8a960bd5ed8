import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileWildcards } from '../../src/core/wildcards.ts';

describe('wildcards', () => {
  it.each([
    ['*', '', true],
    ['a*', 'a', true],
    ['a*a', 'a', false],
    ['*.jpg', 'x/y.jpg', true],
    ['a*b*c', 'a\nbbc', true],
    ['a*b*c', 'acb', false],
    ['a?c', 'a?c', true],
    ['a?c', 'abc', false],
  ])('%s and %s: %s', (pattern, text, expected) => {
    expect(compileWildcards(pattern)(text)).toBe(expected);
  });

  it('takes ? as one character and a backslash as an escape only where asked to', () => {
    expect(compileWildcards('a?c*', { one: true })('abcd')).toBe(true);
    expect(compileWildcards('a\\*\\\\*', { escapes: true })('a*\\d')).toBe(true);
    expect(compileWildcards('a\\*', { escapes: true })('ab')).toBe(false);
  });

  it('matches as a regular expression does', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 12 });
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 });
    fc.assert(
      fc.property(pattern, text, (glob, value) => {
        const expected = new RegExp(`^${glob.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's');
        expect(compileWildcards(glob, { one: true })(value)).toBe(expected.test(value));
      }),
    );
  });

  it('does not backtrack', () => {
    expect(compileWildcards(`${'*a'.repeat(200)}*b`)('a'.repeat(100_000))).toBe(false);
  });
});
