/**
 * Reads a Dockerfile into stages of instructions: parser directives, comments, continuations, flags and
 * here-documents are undone here, variables are filled in by the build.
 * https://docs.docker.com/reference/dockerfile/
 * Weighed: dockerfile-ast (made for editors: ranges and hovers, no build semantics), docker-file-parser (no flags,
 * no here-documents, last release 2019).
 */
import { SlipwayError } from '../../../core/errors.ts';

export interface Heredoc {
  /** The word of the instruction that opens it, e.g. `<<-EOF`. */
  readonly word: string;
  readonly name: string;
  readonly content: string;
  /** Its name was not quoted, so variables in it are filled in. */
  readonly expands: boolean;
}

export interface Instruction {
  readonly line: number;
  /** In upper case. */
  readonly name: string;
  /** `--chown=node` as `['chown', 'node']`; some may stand more than once. */
  readonly flags: readonly (readonly [name: string, value: string])[];
  /** What follows the name and the flags. */
  readonly text: string;
  readonly heredocs: readonly Heredoc[];
}

export interface Stage {
  readonly line: number;
  readonly base: string;
  readonly platform?: string;
  /** `AS <name>`, in lower case. */
  readonly name?: string;
  readonly instructions: readonly Instruction[];
}

export interface Dockerfile {
  /** The character that escapes and continues lines. */
  readonly escapeSign: string;
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
  const stages: (Omit<Stage, 'instructions'> & { instructions: Instruction[] })[] = [];
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const { escapeSign, first } = directives(lines);
  for (const instruction of instructions(lines, first, escapeSign, file)) {
    const stage = stages.at(-1);
    if (instruction.name === 'FROM') {
      const [base = '', as, name, more] = instruction.text.split(/\s+/);
      if (!base || more !== undefined || (as !== undefined && (as.toLowerCase() !== 'as' || !name)))
        throw problem(file, instruction.line, `FROM takes an image and optionally AS <name>`);
      const platform = flag(instruction, 'platform');
      stages.push({
        line: instruction.line,
        base,
        ...(platform ? { platform } : {}),
        ...(name ? { name: name.toLowerCase() } : {}),
        instructions: [],
      });
    } else if (stage) stage.instructions.push(instruction);
    else if (instruction.name === 'ARG') globals.push(instruction);
    else throw problem(file, instruction.line, `${instruction.name} stands before the first FROM`);
  }
  if (stages.length === 0) throw problem(file, 1, 'there is no FROM');
  return { escapeSign, globals, stages };
}

export const flag = (instruction: Pick<Instruction, 'flags'>, name: string): string | undefined =>
  instruction.flags.findLast(([one]) => one === name)?.[1];

/**
 * Directives stand before everything else; the first line that is none ends them.
 * https://docs.docker.com/reference/dockerfile/#parser-directives
 */
function directives(lines: readonly string[]): { readonly escapeSign: string; readonly first: number } {
  let escapeSign = '\\';
  let first = 0;
  for (; first < lines.length; first++) {
    const [, name, value] = /^\s*#\s*(\w+)\s*=\s*(.+?)\s*$/.exec(lines[first] ?? '') ?? [];
    if (name === undefined || !['syntax', 'escape', 'check'].includes(name.toLowerCase())) break;
    if (name.toLowerCase() === 'escape' && value === '`') escapeSign = '`';
  }
  return { escapeSign, first };
}

function* instructions(
  lines: readonly string[],
  first: number,
  escapeSign: string,
  file: string,
): Iterable<Instruction> {
  const skipped = (text: string) => /^\s*(#|$)/.test(text);
  for (let index = first; index < lines.length; index++) {
    const line = index + 1;
    if (skipped(lines[index] ?? '')) continue;
    let content = (lines[index] ?? '').trimStart();
    for (;;) {
      const kept = withoutContinuation(content, escapeSign);
      if (kept === undefined) break;
      content = kept;
      // Comments and blank lines inside a continued instruction are skipped.
      do index++;
      while (index < lines.length && skipped(lines[index] ?? ''));
      if (index >= lines.length) break;
      content += lines[index];
    }
    const word = /^\S+/.exec(content)?.[0] ?? '';
    const name = word.toUpperCase();
    if (!known.has(name)) throw problem(file, line, `unknown instruction ${word}`);
    const { flags, text } = leadingFlags(content.slice(word.length).trim());
    const heredocs: Heredoc[] = [];
    for (const opened of name === 'ADD' || name === 'COPY' || name === 'RUN' ? openedHeredocs(text) : []) {
      const body: string[] = [];
      for (;;) {
        index++;
        if (index >= lines.length)
          throw problem(file, line, `the here-document ${opened.word} is not ended by ${opened.name}`);
        const one = opened.word.includes('<<-')
          ? (lines[index] ?? '').replace(/^\t+/, '')
          : (lines[index] ?? '');
        if (one === opened.name) break;
        body.push(`${one}\n`);
      }
      heredocs.push({ ...opened, content: body.join('') });
    }
    yield { line, name, flags, text, heredocs };
  }
}

/** What a line that is continued says before the sign; undefined when it is not continued. */
function withoutContinuation(content: string, escapeSign: string): string | undefined {
  const trimmed = content.trimEnd();
  if (!trimmed.endsWith(escapeSign) || trimmed.endsWith(escapeSign + escapeSign)) return undefined;
  return trimmed.slice(0, -1);
}

function leadingFlags(given: string): { flags: [string, string][]; text: string } {
  const flags: [string, string][] = [];
  let text = given;
  for (;;) {
    const found = /^--([a-z][a-z-]*)(?:=("[^"]*"|\S*))?(?:\s+|$)/.exec(text);
    if (!found) return { flags, text };
    flags.push([found[1] ?? '', (found[2] ?? '').replace(/^"(.*)"$/, '$1')]);
    text = text.slice(found[0].length);
  }
}

/** https://docs.docker.com/reference/dockerfile/#here-documents */
function openedHeredocs(text: string): Omit<Heredoc, 'content'>[] {
  return [...text.matchAll(/(?<=^|\s)\d*<<-?(?:"([^"\s]+)"|'([^'\s]+)'|([A-Za-z_][\w.-]*))(?=\s|$)/g)].map(
    ([word, double, single, plain]) => ({
      word,
      name: double ?? single ?? plain ?? '',
      expands: plain !== undefined,
    }),
  );
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
