import { describe, expect, it } from 'vitest';
import { compileJavaPattern } from '../../src/core/java-pattern.ts';

const matches = (pattern: string, text: string) => {
  const compiled = compileJavaPattern(pattern);
  return compiled.ok ? compiled.matches(text) : compiled.reason;
};

describe('a pattern in the syntax of Java', () => {
  it.each([
    ['^(a+)+$', `${'a'.repeat(50_000)}!`, 'no'],
    ['^(a|a)*$', `${'a'.repeat(50_000)}!`, 'no'],
    ['([a-z]+)*=', 'a'.repeat(50_000), 'no'],
    ['[a-z]+', 'abc', 'yes'],
    ['[a-z]+', 'abc1', 'no'],
    ['a|bc', 'bc', 'yes'],
    ['', '', 'yes'],
    ['\\p{Alpha}+', 'abc', 'yes'],
    ['[\\p{Lower}\\p{Digit}]+', 'a1', 'yes'],
    ['\\P{Digit}', '1', 'no'],
    ['\\p{L}+', 'é', 'yes'],
    ['\\Qa.b\\E', 'a.b', 'yes'],
    ['\\Qa.b', 'axb', 'no'],
    ['\\u0041\\x42', 'AB', 'yes'],
    ['(?i)abc', 'ABC', 'yes'],
    ['\\Aabc\\z', 'abc', 'yes'],
    ['abc\\Z', 'abc', 'yes'],
    ['[\\w-.]+', 'a-.', 'yes'],
    ['[]a]+', ']a', 'yes'],
  ])('%s of %#: RE2 answers', (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected);
  });

  it.each([
    ['(?=.*[A-Z]).{3,}', 'abC', 'yes'],
    ['(?!.*--)[a-z-]+', 'a--b', 'no'],
    ['(a)\\1', 'aa', 'yes'],
    ['[a-z]{1,2000}', 'a'.repeat(2000), 'yes'],
    ['(?=(a+)+$)[a!]+', `${'a'.repeat(60)}!`, 'too slow'],
  ])('%s, which RE2 has not, is answered before a deadline', (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected);
  });

  it.each([
    ['a++', 'the possessive ++'],
    ['a{1,3}+', 'the possessive {1,3}+'],
    ['(?>a)', 'an atomic group'],
    ['[a-z&&[^b]]', 'an intersection'],
    ['[a[b]]', 'a class inside a class'],
    ['\\R', '\\R'],
    ['a(', 'is not a regular expression'],
    ['(?=a)\\Z', 'is not a regular expression'],
  ])('%s is refused by name', (pattern, reason) => {
    expect(matches(pattern, 'a')).toContain(reason);
  });
});
