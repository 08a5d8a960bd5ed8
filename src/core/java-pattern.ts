/**
 * Regular expressions that users write in the syntax of Java, which is what AWS runs: AllowedPattern, selection
 * patterns, patterns of request models. They are matched by RE2 in linear time. What RE2 has not (lookaround,
 * backreferences, repeats over 1,000) runs in V8 with a deadline. What neither reads as Java does is refused by name.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-regexes.html and
 * https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/util/regex/Pattern.html
 */
import { createRequire } from 'node:module';
import { type Context, createContext, Script } from 'node:vm';

/** `too slow`: the deadline passed. */
export type PatternMatch = 'yes' | 'no' | 'too slow';

export type JavaPattern =
  | {
      readonly ok: true;
      /** The whole text. */
      matches(text: string): PatternMatch;
      /** Any part of the text. */
      finds(text: string): PatternMatch;
      /** `$1` in `by` is a group, as in Java; undefined when it names none, or is too slow. */
      replace(text: string, by: string, which: 'all' | 'first'): string | undefined;
      /** Without empty texts at the end, as in Java. */
      split(text: string): string[] | undefined;
    }
  /** Said of the pattern: `has the possessive ++, which Slipway does not support`. */
  | { readonly ok: false; readonly reason: string };

const deadlineMs = 100;

export function compileJavaPattern(pattern: string): JavaPattern {
  const { re2, ecma, refused } = translate(pattern);
  if (refused === undefined) {
    const linear = compileLinear(re2);
    if (linear) return linear;
    const timed = ecma === undefined ? undefined : compileTimed(ecma);
    if (timed) return timed;
  }
  return {
    ok: false,
    reason:
      refused === undefined
        ? 'is not a regular expression that Slipway can read'
        : `has ${refused}, which Slipway does not support`,
  };
}

/** https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/util/regex/Matcher.html#appendReplacement(java.lang.StringBuffer,java.lang.String) */
function expand(by: string, groups: readonly string[]): string | undefined {
  let known = true;
  const text = by.replaceAll(
    /\\(.)|\$(\d)/gs,
    (_, escaped: string | undefined, group: string | undefined) => {
      const value = escaped ?? groups[Number(group)];
      if (value === undefined) known = false;
      return value ?? '';
    },
  );
  return known ? text : undefined;
}

/** It takes 10 ms to load, and few commands need it. */
let engine: typeof import('re2js').RE2JS | undefined;

function compileLinear(re2: string): JavaPattern | undefined {
  engine ??= (createRequire(import.meta.url)('re2js') as typeof import('re2js')).RE2JS;
  try {
    const compiled = engine.compile(re2);
    return {
      ok: true,
      matches: (text) => (compiled.matches(text) ? 'yes' : 'no'),
      finds: (text) => (compiled.matcher(text).find() ? 'yes' : 'no'),
      replace(text, by, which) {
        const matcher = compiled.matcher(text);
        let out = '';
        let end = 0;
        while (matcher.find()) {
          const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, i) => matcher.group(i) ?? '');
          const replaced = expand(by, groups);
          if (replaced === undefined) return undefined;
          out += text.slice(end, matcher.start()) + replaced;
          end = matcher.end();
          if (which === 'first') break;
        }
        return out + text.slice(end);
      },
      split: (text) => compiled.split(text),
    };
  } catch {
    return undefined;
  }
}

const timedTest = new Script('expression.test(text)');
const timedReplace = new Script('text.replace(expression, by)');
const timedSplit = new Script('text.split(expression)');
let timed: Context | undefined;

function compileTimed(ecma: string): JavaPattern | undefined {
  const flags = /\\[pP]\{/.test(ecma) ? 'u' : '';
  const run = (script: Script, values: object): unknown => {
    timed ??= createContext({});
    Object.assign(timed, values);
    try {
      return script.runInContext(timed, { timeout: deadlineMs });
    } catch {
      return undefined;
    }
  };
  const test = (expression: RegExp, text: string): PatternMatch => {
    const found = run(timedTest, { expression, text });
    return found === undefined ? 'too slow' : found ? 'yes' : 'no';
  };
  try {
    const [whole, part] = [new RegExp(`^(?:${ecma})$`, flags), new RegExp(ecma, flags)];
    return {
      ok: true,
      matches: (text) => test(whole, text),
      finds: (text) => test(part, text),
      replace(text, by, which) {
        const expression = which === 'all' ? new RegExp(ecma, `g${flags}`) : part;
        const replace = (...found: unknown[]) =>
          expand(by, found.filter((one): one is string => typeof one === 'string').slice(0, -1)) ?? '';
        return run(timedReplace, { expression, text, by: replace }) as string | undefined;
      },
      split(text) {
        const parts = run(timedSplit, { expression: part, text }) as string[] | undefined;
        return parts && withoutEmptyEnd(parts);
      },
    };
  } catch {
    return undefined;
  }
}

function withoutEmptyEnd(parts: readonly string[]): string[] {
  const last = parts.findLastIndex((part) => part !== '');
  return last < 0 ? [] : parts.slice(0, last + 1);
}

interface Translation {
  readonly re2: string;
  /** Undefined when it says something that JavaScript reads in another way. */
  readonly ecma: string | undefined;
  /** The construct that is not supported. */
  readonly refused?: string;
}

/** Java's names of ASCII classes are POSIX's. */
const posix = new Set(
  'Lower Upper ASCII Alpha Digit Alnum Punct Graph Print Blank Cntrl XDigit Space'.split(' '),
);
const possessive = /^(?:[*+?]|\{\d+(?:,\d*)?\})\+/;

function translate(pattern: string): Translation {
  let re2 = '';
  let ecma: string | undefined = '';
  let inClass = false;
  const same = (text: string) => {
    re2 += text;
    if (ecma !== undefined) ecma += text;
  };
  const refuse = (construct: string): Translation => ({ re2, ecma, refused: construct });
  for (let i = 0; i < pattern.length; i++) {
    const rest = pattern.slice(i, i + 40);
    const char = pattern.charAt(i);
    if (char === '\\') {
      const next = pattern.charAt(i + 1);
      const unicode = /^\\u([0-9a-fA-F]{4})/.exec(rest)?.[1];
      const property = /^\\([pP])\{(\w+)\}/.exec(rest);
      if (next === 'Q') {
        const end = pattern.indexOf('\\E', i + 2);
        const quoted = pattern.slice(i + 2, end < 0 ? undefined : end);
        same(quoted.replace(/[\\^$.|?*+(){}[\]-]/g, '\\$&'));
        i = end < 0 ? pattern.length : end + 1;
      } else if (unicode !== undefined) {
        re2 += `\\x{${unicode}}`;
        if (ecma !== undefined) ecma += `\\u${unicode}`;
        i += 5;
      } else if (property && posix.has(property[2] ?? '')) {
        const name = `[:${property[1] === 'P' ? '^' : ''}${(property[2] ?? '').toLowerCase()}:]`;
        re2 += inClass ? name : `[${name}]`;
        ecma = undefined;
        i += property[0].length - 1;
      } else if (property) {
        same(property[0]);
        i += property[0].length - 1;
      } else if (next === 'Z') {
        re2 += '(?:\\n?\\z)';
        ecma = undefined;
        i++;
      } else if (/[GRXHhVvNEe]/.test(next)) return refuse(`\\${next}`);
      else {
        if (/[Aaz]/.test(next)) ecma = undefined;
        same(char + next);
        i++;
      }
    } else if (inClass) {
      if (char === '[') return refuse('a class inside a class');
      if (rest.startsWith('&&')) return refuse('an intersection of classes (&&)');
      // A bracket that is the first of a class stands for itself.
      if (char === ']' && !/(?:^|[^\\])\[\^?$/.test(pattern.slice(Math.max(0, i - 3), i))) inClass = false;
      same(char);
    } else {
      if (rest.startsWith('(?>')) return refuse('an atomic group (?>…)');
      const repeat = possessive.exec(rest)?.[0];
      if (repeat !== undefined) return refuse(`the possessive ${repeat}`);
      // JavaScript has no flags inside a pattern on Node.js 20.
      if (/^\(\?[a-zA-Z-]+[:)]/.test(rest)) ecma = undefined;
      if (char === '[') inClass = true;
      same(char);
    }
  }
  return { re2, ecma };
}
