/**
 * Template text or file → `Template`. JSON when it starts with a brace (or the file is called .json) and is JSON, else YAML.
 */
import { readFile } from 'node:fs/promises';
import { SlipwayError } from '../core/errors.ts';
import { isNestedDeeper } from '../core/nesting.ts';
import { deepest, isObject, type Json } from './json.ts';
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
  const body = parseText(plain, source);
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

/** A template as it is written, in long forms. */
export const readTemplateBody = (text: string, source: string): Json =>
  parseText(text.replace(/^\uFEFF/, ''), source);

/**
 * JSON with comments or commas at the end is YAML: CloudFormation tries one after the other.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ValidateTemplate.html
 */
function parseText(text: string, source: string): Json {
  const isJson = /^\s*[{[]/.test(text) ? !/\.ya?ml$/i.test(source) : /\.json$/i.test(source);
  if (!isJson) return parseYamlText(text, source);
  try {
    return parseJsonText(text, source);
  } catch (error) {
    const body = unlessUnreadable(() => parseYamlText(text, source));
    // A slip in JSON may be YAML by chance, of something that is no template.
    if (body !== undefined && isObject(body) && isObject(body.Resources)) return body;
    throw error;
  }
}

function unlessUnreadable(read: () => Json): Json | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

export async function readTemplateFile(
  path: string,
  options: Omit<ParseOptions, 'source'> = {},
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
