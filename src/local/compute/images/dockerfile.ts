/**
 * Reads a Dockerfile into stages of instructions: directives, comments, continuations and flags are undone here,
 * variables are filled in by the build. Heredocs are refused by name.
 * https://docs.docker.com/reference/dockerfile/
 */
import { SlipwayError } from '../../../core/errors.ts';

export interface Instruction {
  readonly line: number;
  /** In upper case. */
  readonly name: string;
  /** `--chown=node` as `{chown: 'node'}`. */
  readonly flags: Readonly<Record<string, string>>;
  /** What follows the name and the flags. */
  readonly text: string;
}

export interface Stage {
  readonly line: number;
  readonly base: string;
  /** `AS <name>`, in lower case. */
  readonly name?: string;
  readonly instructions: readonly Instruction[];
}

export interface Dockerfile {
  /** ARGs before the first FROM. */
  readonly globals: readonly Instruction[];
  readonly stages: readonly Stage[];
}

const known = new Set(
  'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(
    ' ',
  ),
);

/** @param file how messages name it */
export function parseDockerfile(text: string, file: string): Dockerfile {
  const globals: Instruction[] = [];
  const stages: { line: number; base: string; name?: string; instructions: Instruction[] }[] = [];
  for (const instruction of instructions(text, file)) {
    const stage = stages.at(-1);
    if (instruction.name === 'FROM') {
      const [base = '', as, name] = instruction.text.split(/\s+/);
      if (!base || (as !== undefined && (as.toLowerCase() !== 'as' || !name)))
        throw problem(file, instruction.line, `FROM takes an image and optionally AS <name>`);
      stages.push({
        line: instruction.line,
        base,
        ...(name ? { name: name.toLowerCase() } : {}),
        instructions: [],
      });
    } else if (stage) stage.instructions.push(instruction);
    else if (instruction.name === 'ARG') globals.push(instruction);
    else throw problem(file, instruction.line, `${instruction.name} stands before the first FROM`);
  }
  if (stages.length === 0) throw problem(file, 1, 'there is no FROM');
  return { globals, stages };
}

function* instructions(text: string, file: string): Iterable<Instruction> {
  const continuation = /^#\s*escape\s*=\s*(`|\\)/im.exec(text.split('\n', 3).join('\n'))?.[1] ?? '\\';
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  for (let index = 0; index < lines.length; index++) {
    let content = (lines[index] ?? '').trim();
    const line = index + 1;
    if (content === '' || content.startsWith('#')) continue;
    while (content.endsWith(continuation) && index + 1 < lines.length) {
      index++;
      const next = (lines[index] ?? '').trim();
      // Comments and blank lines inside a continued instruction are skipped.
      if (next === '' || next.startsWith('#')) continue;
      content = `${content.slice(0, -1).trimEnd()} ${next}`;
    }
    if (content.endsWith(continuation)) content = content.slice(0, -1).trimEnd();
    const [word = ''] = content.split(/\s/, 1);
    const name = word.toUpperCase();
    if (!known.has(name)) throw problem(file, line, `unknown instruction ${word}`);
    let rest = content.slice(word.length).trim();
    const flags: Record<string, string> = {};
    for (;;) {
      const flag = /^--([a-z-]+)(?:=(\S*))?(?:\s+|$)/.exec(rest);
      if (!flag) break;
      flags[flag[1] ?? ''] = flag[2] ?? '';
      rest = rest.slice(flag[0].length);
    }
    if (/^(ADD|COPY|RUN)$/.test(name) && /<<-?["']?\w/.test(rest))
      throw problem(file, line, `here-documents (${name} <<) are not supported`, 'COPY a file instead');
    yield { line, name, flags, text: rest };
  }
}

export const problem = (file: string, line: number, what: string, fix?: string): SlipwayError =>
  new SlipwayError('local.container-unsupported', `${file}:${line}: ${what}`, fix ? { fix } : {});

/** The JSON (exec) form, or undefined when the text is in the shell form. */
export function execForm(text: string): readonly string[] | undefined {
  if (!text.startsWith('[')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((part): part is string => typeof part === 'string')
      ? value
      : undefined;
  } catch {
    // As Docker does: what is no JSON is taken as a shell command.
    return undefined;
  }
}

/** Splits at blanks outside quotes, and takes the quotes off. */
export function words(text: string): string[] {
  const found: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let index = 0; index < text.length; index++) {
    const char = text[index] ?? '';
    if (char === '\\' && quote !== "'" && index + 1 < text.length) {
      word = (word ?? '') + text[++index];
    } else if (quote) {
      if (char === quote) quote = '';
      else word = (word ?? '') + char;
    } else if (char === '"' || char === "'") {
      quote = char;
      word ??= '';
    } else if (/\s/.test(char)) {
      if (word !== undefined) found.push(word);
      word = undefined;
    } else word = (word ?? '') + char;
  }
  if (word !== undefined) found.push(word);
  return found;
}

/** `$NAME`, `${NAME}`, `${NAME:-default}` and `${NAME:+other}`; nothing inside single quotes. */
export function fillIn(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(
    /\\\$|'[^']*'|\$(?:(\w+)|\{(\w+)(?::([-+])([^}]*))?\})/g,
    (whole, plain?: string, braced?: string, sign?: string, other?: string) => {
      if (whole === '\\$') return '$';
      if (whole.startsWith("'")) return whole;
      const value = variables[plain ?? braced ?? ''];
      if (sign === '-') return value || (other ?? '');
      if (sign === '+') return value ? (other ?? '') : '';
      return value ?? '';
    },
  );
}
