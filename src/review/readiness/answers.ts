/**
 * The `readiness` part of the review file: what people answer. Refuses unknown items and answers by name, with their
 * line; an answer without a name or date does not count, and an expired one is asked again.
 */
import { entriesOf, type ReviewFilePart } from '../inputs/init-part.ts';
import type { Field, Reader } from '../inputs/yaml-reader.ts';
import { readinessItems } from './items/index.ts';
import type { PersonAnswer, ReadinessItem } from './report.ts';

/** By the item's id. */
export type KeptAnswers = ReadonlyMap<string, Omit<PersonAnswer, 'state'>>;

const allowed = ['yes', 'no', 'partly', 'not-applicable'] as const;
const fieldNames = ['answer', 'by', 'date', 'note', 'expires'];
const itemIds = readinessItems.map(({ id }) => id);
const isDate = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));

export function readReadiness(reader: Reader, field: Field): KeptAnswers {
  const answers = new Map<string, Omit<PersonAnswer, 'state'>>();
  for (const [id, stated] of reader.map(field, itemIds)) {
    const answer = readAnswer(reader, stated);
    if (answer !== undefined) answers.set(id, answer);
  }
  return answers;
}

function readAnswer(reader: Reader, field: Field): Omit<PersonAnswer, 'state'> | undefined {
  const fields = reader.map(field, fieldNames);
  const text = (name: string): string => {
    const one = fields.get(name);
    return String((one && reader.scalar(one)) ?? '').trim();
  };
  // An open question: `--init` writes it so.
  if (['', '?'].includes(text('answer'))) return undefined;
  const answer = reader.choice(fields.get('answer'), allowed);
  const [by, date, expires] = [text('by'), text('date'), text('expires')];
  if (by === '') reader.problem(fields.get('by') ?? field, 'by is missing: who answers');
  if (!isDate(date)) reader.problem(fields.get('date') ?? field, `date is '${date}', expected YYYY-MM-DD`);
  const expiresField = fields.get('expires');
  if (expiresField !== undefined && expires !== '' && !isDate(expires))
    reader.problem(expiresField, `expected YYYY-MM-DD, got '${expires}'`);
  if (answer === undefined || by === '' || !isDate(date)) return undefined;
  return { answer, by, date, note: text('note'), ...(expires === '' ? {} : { expires }) };
}

/** The questions that only people can answer, for a new review file or one that lacks some of them. */
export function readinessQuestions(
  items: readonly Pick<ReadinessItem, 'id' | 'answer' | 'question' | 'next' | 'blocks'>[],
): ReviewFilePart {
  const entries = items
    .filter(({ answer }) => answer === 'person')
    .map(({ id, question, next, blocks }) => ({
      names: [id],
      lines: [
        `# ${question}`,
        `# ${next}`,
        ...(blocks ? ['# Blocks the launch.'] : []),
        `${id}:`,
        "  answer: ''",
        "  by: ''",
        "  date: ''",
        "  note: ''",
      ],
    }));
  return {
    key: 'readiness',
    text: `# What only people can answer. answer: yes, no, partly or not-applicable; by: who; date: YYYY-MM-DD; note: where to
# see it; expires: YYYY-MM-DD, when it must be asked again. An empty answer is an open question.
readiness:
${entriesOf(entries, 2)}`,
    growing: [{ path: ['readiness'], entries }],
  };
}
