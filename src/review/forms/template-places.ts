/**
 * Where a resource stands in its template's text, JSON or YAML: the line of its logical id in `Resources`. What is not
 * found stands on line 1; a template that is not a file is given the name it would have.
 */
import { readFileSync } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';
import type { Architecture } from '../../architecture/index.ts';

export interface Place {
  /** Relative with forward slashes, or a file: URI. */
  readonly uri: string;
  readonly startLine: number;
  readonly startColumn: number;
}

/** Reads each template once, when it is asked for. */
export function templatePlaces(
  app: Architecture,
  root: string | undefined,
): (stack: string | undefined, logicalId: string | undefined) => Place {
  const read = new Map<string, { readonly uri: string; readonly lines: ReadonlyMap<string, Spot> }>();
  return (stackName, logicalId) => {
    const stack = app.stacks.find(({ name }) => name === stackName) ?? app.stacks[0];
    const key = stack?.name ?? '';
    let template = read.get(key);
    if (template === undefined) {
      const file = stack?.templateFile;
      template = {
        uri: file === undefined ? encodeURI(`${key || 'template'}.template.json`) : uriOf(file, root),
        lines: file === undefined ? new Map() : spotsOf(textOf(file)),
      };
      read.set(key, template);
    }
    const spot = logicalId === undefined ? undefined : template.lines.get(logicalId);
    return { uri: template.uri, startLine: spot?.line ?? 1, startColumn: spot?.column ?? 1 };
  };
}

function uriOf(file: string, root: string | undefined): string {
  const inRoot = root === undefined ? undefined : relative(root, file);
  if (inRoot !== undefined && !inRoot.startsWith('..') && !isAbsolute(inRoot))
    return inRoot.split(sep).map(encodeURIComponent).join('/');
  return new URL(`file://${file.split(sep).map(encodeURIComponent).join('/')}`).href;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

interface Spot {
  readonly line: number;
  readonly column: number;
}

/** Keys directly under `Resources`: those with the smallest indentation between it and the next section. */
function spotsOf(text: string): ReadonlyMap<string, Spot> {
  const lines = text.split(/\r?\n/);
  const found: { readonly key: string; readonly indent: number; readonly spot: Spot }[] = [];
  let section: number | undefined;
  for (const [index, content] of lines.entries()) {
    const [, space = '', key] = /^(\s*)["']?([A-Za-z0-9_.:-]+?)["']?\s*:(?:\s|$|\{)/.exec(content) ?? [];
    if (key === undefined) continue;
    if (section !== undefined && space.length <= section) break;
    if (section !== undefined)
      found.push({ key, indent: space.length, spot: { line: index + 1, column: space.length + 1 } });
    else if (key === 'Resources' && isTopLevel(lines, index, space.length)) section = space.length;
  }
  const indent = Math.min(...found.map((one) => one.indent));
  return new Map(found.filter((one) => one.indent === indent).map(({ key, spot }) => [key, spot]));
}

/** A property may be called Resources too; the section is indented as little as the first key of the file. */
function isTopLevel(lines: readonly string[], index: number, indent: number): boolean {
  const first = lines.slice(0, index + 1).find((line) => /^\s*["']?[A-Za-z]/.test(line));
  return first !== undefined && indent <= first.length - first.trimStart().length;
}
