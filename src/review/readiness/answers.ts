/**
 * The file beside the app in which people keep their answers. Refuses unknown ids and answers by name, with their line;
 * an answer without a name or date does not count, and an expired one is asked again.
 */
import { type Document, isMap, isScalar, LineCounter, parseDocument, YAMLMap } from 'yaml';
import { nearest } from '../../core/nearest.ts';
import { readinessItems } from './items/index.ts';
import type { AnswerProblem, PersonAnswer, ReadinessReport } from './report.ts';

export interface KeptAnswers {
  readonly answers: ReadonlyMap<string, Omit<PersonAnswer, 'state'>>;
  readonly problems: readonly AnswerProblem[];
}

const allowed = ['yes', 'no', 'partly', 'not-applicable'] as const;
const fields = ['answer', 'by', 'date', 'note', 'expires'];
const knownIds = new Set(readinessItems.map(({ id }) => id));
const isDate = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));

export function readReadiness(text: string): KeptAnswers {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter });
  const problems: AnswerProblem[] = [];
  const answers = new Map<string, Omit<PersonAnswer, 'state'>>();
  const lineOf = (node: unknown): number => {
    const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined;
    const start = Array.isArray(range) && typeof range[0] === 'number' ? range[0] : 0;
    return counter.linePos(start).line;
  };
  for (const error of document.errors)
    problems.push({
      line: error.linePos?.[0].line ?? 1,
      message: error.message.split('\n')[0] ?? 'not YAML',
    });
  const { contents } = document;
  if (contents === null || document.errors.length > 0) return { answers, problems };
  if (!isMap(contents))
    return { answers, problems: [{ line: 1, message: 'expected a list of item ids, each with its answer' }] };
  for (const { key, value } of contents.items) {
    const id = isScalar(key) ? String(key.value) : '';
    const line = lineOf(key);
    if (!knownIds.has(id)) {
      const meant = nearest(id, knownIds);
      problems.push({
        line,
        id,
        message: `'${id}' is not an item of the list${meant === undefined ? '' : `; did you mean '${meant}'?`}`,
      });
      continue;
    }
    if (!isMap(value)) {
      problems.push({ line, id, message: `'${id}' needs answer, by and date` });
      continue;
    }
    const read = readAnswer(value, id, lineOf, problems);
    if (read !== undefined) answers.set(id, read);
  }
  return { answers, problems };
}

function readAnswer(
  map: YAMLMap,
  id: string,
  lineOf: (node: unknown) => number,
  problems: AnswerProblem[],
): Omit<PersonAnswer, 'state'> | undefined {
  const texts = new Map<string, string>();
  let sound = true;
  const problem = (line: number, message: string) => {
    problems.push({ line, id, message });
    sound = false;
  };
  for (const { key, value } of map.items) {
    const name = isScalar(key) ? String(key.value) : '';
    if (!fields.includes(name))
      problem(lineOf(key), `${id}: '${name}' is not a field; known are ${fields.join(', ')}`);
    else if (isScalar(value) && value.value !== null && value.value !== undefined)
      texts.set(name, String(value.value).trim());
    else if (value !== null && !isScalar(value)) problem(lineOf(key), `${id}: ${name} must be a text`);
  }
  const answer = texts.get('answer') ?? '';
  // An open question: initReadiness writes it so.
  if (answer === '' || answer === '?') return undefined;
  const chosen = allowed.find((each) => each === answer);
  const line = lineOf(map);
  if (chosen === undefined)
    problem(
      line,
      `${id}: answer is '${answer}', expected ${allowed.join(', ')}, or nothing while it is open`,
    );
  const by = texts.get('by') ?? '';
  const date = texts.get('date') ?? '';
  if (by === '') problem(line, `${id}: by is missing: who answers`);
  if (!isDate(date)) problem(line, `${id}: date is '${date}', expected YYYY-MM-DD`);
  const expires = texts.get('expires') ?? '';
  if (expires !== '' && !isDate(expires))
    problem(line, `${id}: expires is '${expires}', expected YYYY-MM-DD`);
  if (!sound || chosen === undefined) return undefined;
  return { answer: chosen, by, date, note: texts.get('note') ?? '', ...(expires === '' ? {} : { expires }) };
}

const header = ` Answers that only people can give, for \`slipway review\`. For each: answer (yes, no, partly, not-applicable),
 by (who), date (YYYY-MM-DD), note (where to see it), and expires (YYYY-MM-DD) when it must be asked again.
 An empty answer is an open question.`;

/** The file with every question that is open, keeping what is there: answers, comments and order. */
export function initReadiness(report: Pick<ReadinessReport, 'items'>, existing = ''): string {
  // Without the parser's own node types, as nodes are added.
  const document: Document = parseDocument(existing);
  // What cannot be read is the owner's to mend, not ours to overwrite.
  if (document.errors.length > 0) return existing;
  if (document.contents !== null && !isMap(document.contents)) return existing;
  if (document.contents === null) {
    document.contents = new YAMLMap();
    document.commentBefore ??= header;
  }
  const { contents } = document;
  if (!isMap(contents)) return existing;
  contents.flow = false;
  for (const item of report.items) {
    if (item.answer !== 'person' || contents.has(item.id)) continue;
    const pair = document.createPair(item.id, { answer: '', by: '', date: '', note: '' });
    if (isScalar(pair.key)) {
      pair.key.commentBefore = ` ${item.question}\n ${item.next}${item.blocks ? '\n Blocks the launch.' : ''}`;
      pair.key.spaceBefore = true;
    }
    contents.add(pair);
  }
  return document.toString({ lineWidth: 110 });
}
