/**
 * Template text or file → `Template`. JSON when it starts with a brace (or the file is called .json), else YAML.
 */
import { readFile } from 'node:fs/promises';
import { SlipwayError } from '../core/errors.ts';
import { isNestedDeeper } from '../core/nesting.ts';
import { deepest, isObject } from './json.ts';
import { parseJsonText } from './json-text.ts';
import { type TransformInput, transformed } from './language-extensions.ts';
import type { Template, TemplateProblem } from './model.ts';
import { TemplateError } from './problems.ts';
import { readSections } from './sections.ts';
import { parseYamlText } from './yaml-text.ts';

export interface ParseOptions extends TransformInput {
  readonly source?: string;
  /** Takes each problem of a section instead of an error; what could not be read is then left out of the template. */
  readonly tolerate?: (problem: TemplateProblem) => void;
}

export function parseTemplate(text: string, options: ParseOptions = {}): Template {
  const source = options.source ?? 'the template';
  const plain = text.replace(/^\uFEFF/, '');
  const isJson = /^\s*[{[]/.test(plain) ? !/\.ya?ml$/i.test(source) : /\.json$/i.test(source);
  const body = isJson ? parseJsonText(plain, source) : parseYamlText(plain, source);
  if (isNestedDeeper(body, deepest)) {
    throw new SlipwayError(
      'template.invalid',
      `${source}: Template format error: it is nested deeper than ${deepest} levels.`,
    );
  }
  if (!isObject(body)) {
    const text = 'Template format error: unsupported structure.';
    throw new TemplateError('template.invalid', `${source}: ${text}`, text, {
      fix: 'A template is one object with at least a Resources section.',
    });
  }
  return readSections(transformed(body, options), options);
}

export async function readTemplateFile(
  path: string,
  options: Pick<ParseOptions, 'tolerate'> = {},
): Promise<Template> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SlipwayError('template.unreadable', `The template ${path} cannot be read: ${reason}`, {
      cause,
    });
  }
  return parseTemplate(text, { ...options, source: path });
}
