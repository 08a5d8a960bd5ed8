/** Rows of a CSV file as objects, by RFC 4180. */
import { type Json, type JsonObject, jsonObject } from '../../../../../core/json.ts';

const delimiters: Readonly<Record<string, string>> = {
  COMMA: ',',
  PIPE: '|',
  SEMICOLON: ';',
  SPACE: ' ',
  TAB: '\t',
};

export function readCsv(
  text: string,
  config: JsonObject,
  failure: (cause: string) => Error,
): readonly Json[] {
  const rows = [...rowsOf(text.replace(/^\uFEFF/, ''), delimiters[String(config.CSVDelimiter)] ?? ',')];
  const given = Array.isArray(config.CSVHeaders) ? config.CSVHeaders.map(String) : undefined;
  const headers = config.CSVHeaderLocation === 'GIVEN' ? given : rows.shift();
  if (!headers) throw failure('The CSV file has no headers.');
  if (new Set(headers).size < headers.length) throw failure('CSV headers cannot contain duplicates.');
  return rows.map((row) => jsonObject(headers.map((name, i) => [name, row[i] ?? ''] as const)));
}

function* rowsOf(text: string, delimiter: string): Generator<string[]> {
  let row: string[] = [];
  let field = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (quoted) {
      if (char !== '"') field += char;
      else if (text[i + 1] === '"') field += text[++i];
      else quoted = false;
    } else if (char === '"' && field === '') quoted = true;
    else if (char === delimiter) {
      row.push(field);
      field = '';
    } else if (char === '\n' || char === '\r') {
      if (char === '\r' && text[i + 1] === '\n') i++;
      if (row.length > 0 || field !== '') yield [...row, field];
      row = [];
      field = '';
    } else field += char;
  }
  if (row.length > 0 || field !== '') yield [...row, field];
}
