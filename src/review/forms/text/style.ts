/** How text is emphasised: escape codes on a terminal, nothing in a pipe. */
export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
}

const same = (text: string): string => text;
export const plainStyle: Style = { bold: same, dim: same, red: same, green: same, yellow: same };

export interface Page {
  readonly style: Style;
  /** Columns. */
  readonly width: number;
}

/** Breaks at spaces; further lines are indented. A word that is longer than the line stays whole. */
export function wrap(text: string, width: number, indent = '', first = indent): string[] {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.split(/\s+/).filter(Boolean)) {
    if (!isEmpty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}

// An escape code takes no column.
const codes = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');
const columnsOf = (text: string): number => text.replace(codes, '').length;

/** A line that is too long, broken at spaces; its further lines stand a step to the right of its first. */
export function fold(line: string, width: number): string[] {
  if (columnsOf(line) <= width) return [line];
  const margin = ' '.repeat(line.length - line.trimStart().length);
  const lines: string[] = [];
  let current = '';
  // The spaces before a word stay with it, so that columns stay apart.
  for (const piece of line.match(/\s*\S+/g) ?? []) {
    if (columnsOf(current + piece) <= width || current.trim() === '') current += piece;
    else {
      lines.push(current);
      current = `${margin}    ${piece.trimStart()}`;
    }
  }
  return [...lines, current];
}

/** Columns padded to their widest cell; `n` columns are numbers and stand to the right. */
export function columns(rows: readonly (readonly string[])[], right: readonly number[] = []): string[] {
  const widths = rows.reduce<number[]>(
    (found, row) => row.map((cell, index) => Math.max(found[index] ?? 0, columnsOf(cell))),
    [],
  );
  return rows.map((row) =>
    row
      .map((cell, index) => {
        const padding = ' '.repeat((widths[index] ?? 0) - columnsOf(cell));
        return right.includes(index) ? padding + cell : cell + padding;
      })
      .join('  ')
      .trimEnd(),
  );
}

export const shorten = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, Math.max(0, length - 1))}…`;
