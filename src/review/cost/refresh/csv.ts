/**
 * Reads CSV record by record from a stream of bytes, so that a price file of gigabytes needs the memory of one record.
 * Refuses a quote in the wrong place, a record longer than `longest`, and an end inside a quoted field.
 */
import { PriceListError } from './problem.ts';

const longest = 1 << 20;

/** One record and the line it began on, counted from 1. */
export interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

/** plain: outside quotes; quoted: inside; closing: after a quote that ends the field or is the first of a doubled one. */
type State = 'start' | 'plain' | 'quoted' | 'closing';

export async function* readCsv(bytes: AsyncIterable<Uint8Array>, url: string): AsyncGenerator<CsvRecord> {
  const decoder = new TextDecoder('utf-8');
  const reader: { state: State } = { state: 'start' };
  let fields: string[] = [];
  let field = '';
  let line = 1;
  let began = 1;
  let length = 0;

  function* take(text: string): Generator<CsvRecord> {
    // Runs of ordinary characters are copied at once; only quotes, commas and line ends are looked at.
    let run = 0;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (reader.state === 'quoted') {
        if (code === 10) line++;
        if (code !== 34) continue;
        field += text.slice(run, at);
        run = at + 1;
        reader.state = 'closing';
        continue;
      }
      if (code === 34) {
        if (reader.state === 'closing') {
          field += '"';
          reader.state = 'quoted';
        } else if (reader.state === 'start') reader.state = 'quoted';
        else throw new PriceListError(url, `line ${line}: a quote inside an unquoted field`);
        run = at + 1;
      } else if (code === 44 || code === 10 || code === 13) {
        if (reader.state === 'plain') field += text.slice(run, at);
        run = at + 1;
        if (code === 13) continue;
        fields.push(field);
        length += field.length;
        field = '';
        reader.state = 'start';
        if (code === 10) {
          if (fields.length > 1 || fields[0] !== '') yield { line: began, fields };
          fields = [];
          length = 0;
          line++;
          began = line;
        }
      } else if (reader.state === 'closing')
        throw new PriceListError(url, `line ${line}: text after the end of a quoted field`);
      else if (reader.state === 'start') {
        reader.state = 'plain';
        run = at;
      }
    }
    if (reader.state === 'plain' || reader.state === 'quoted') field += text.slice(run);
    if (length + field.length > longest)
      throw new PriceListError(url, `line ${began}: a record of more than ${longest} characters`);
  }

  for await (const chunk of bytes) yield* take(decoder.decode(chunk, { stream: true }));
  yield* take(decoder.decode());
  if (reader.state === 'quoted')
    throw new PriceListError(url, `line ${began}: the file ends inside a quoted field`);
  if (fields.length > 0 || field !== '') yield { line: began, fields: [...fields, field] };
}
