/**
 * Which files of a build context are left out: patterns in order, `!` takes back, the last match decides.
 * https://docs.docker.com/build/concepts/context/#dockerignore-files
 */
import { posix } from 'node:path';
import { SlipwayError } from '../../../core/errors.ts';
import { compileJavaPattern } from '../../../core/java-pattern.ts';

type Ignored = (path: string) => boolean;

/** @param path of the file or folder, relative to the context, with forward slashes */
export function dockerignore(text: string): Ignored {
  const rules = text
    .split(/\r?\n/)
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.trim())
    .filter((line) => line !== '' && line !== '!')
    .map((line) => {
      const back = line.startsWith('!');
      const pattern = posix
        .normalize((back ? line.slice(1) : line).trim())
        .replace(/^\/+/, '')
        .replace(/\/+$/, '');
      return { back, matches: globMatcher(pattern, true) };
    });
  return (path) => {
    let ignored = false;
    for (const rule of rules) if (rule.matches(path)) ignored = !rule.back;
    return ignored;
  };
}

const escaped = (char: string) => char.replace(/[\\^$.|+*?[\](){}&-]/g, '\\$&');

/** Go's filepath.Match plus `**`. @param below also matches everything below a folder that matches */
export function globMatcher(pattern: string, below: boolean): (path: string) => boolean {
  let source = '';
  for (let index = 0; index < pattern.length; index++) {
    const char = pattern[index] ?? '';
    if (char === '\\' && index + 1 < pattern.length) source += escaped(pattern[++index] ?? '');
    else if (char === '*' && pattern[index + 1] === '*') {
      const slash = pattern[index + 2] === '/';
      source += slash ? '(?:.*/)?' : '.*';
      index += slash ? 2 : 1;
    } else if (char === '*') source += '[^/]*';
    else if (char === '?') source += '[^/]';
    else if (char === '[') {
      const end = pattern.indexOf(']', index + 1);
      if (end < 0) source += '\\[';
      else {
        source += pattern.slice(index, end + 1).replace(/\\/g, '\\\\');
        index = end;
      }
    } else source += escaped(char);
  }
  const compiled = compileJavaPattern(`${source}${below ? '(?:/.*)?' : ''}`);
  if (!compiled.ok)
    throw new SlipwayError('local.container-unsupported', `the file pattern ${pattern} ${compiled.reason}`);
  return (path) => compiled.matches(path) === 'yes';
}
