/** The pre-launch list, answered: by the template, by local runs, by other sections, and by people where only they can. */
import { resourceRef } from '../../architecture/index.ts';
import type { KeptAnswers } from './answers.ts';
import { readinessItems } from './items/index.ts';
import type { Item, ReadinessInputs } from './model.ts';
import {
  type AnswerCounts,
  type PersonAnswer,
  type ReadinessAnswer,
  type ReadinessItem,
  type ReadinessReport,
  readinessAreas,
} from './report.ts';

export interface ReadinessOptions extends ReadinessInputs {
  readonly answers?: KeptAnswers;
  /** `YYYY-MM-DD`: answers that expire before it are asked again. */
  readonly today: string;
}

export function reviewReadiness(options: ReadinessOptions): ReadinessReport {
  const { answers, today, ...inputs } = options;
  const items = readinessItems.map((item) => {
    const kept = answers?.get(item.id);
    const person: PersonAnswer | undefined =
      kept === undefined
        ? undefined
        : { ...kept, state: kept.expires !== undefined && kept.expires < today ? 'expired' : 'valid' };
    return answered(item, inputs, person);
  });
  const order: readonly ReadinessAnswer[] = ['no', 'partly', 'cannot-tell', 'person'];
  const open = items.filter(
    ({ blocks, answer }) => blocks && answer !== 'yes' && answer !== 'not-applicable',
  );
  const blocking = [...open]
    .sort((a, b) => order.indexOf(a.answer) - order.indexOf(b.answer))
    .map(({ id }) => id);
  return {
    areas: readinessAreas.map((area) => ({
      area,
      counts: countsOf(items.filter((item) => item.area === area)),
    })),
    counts: countsOf(items),
    items,
    blocking,
    ready: blocking.length === 0,
  };
}

function answered(item: Item, inputs: ReadinessInputs, person: PersonAnswer | undefined): ReadinessItem {
  const check = item.check(inputs);
  const { id, area, question, blocks = false, reference } = item;
  const base = {
    id,
    area,
    question,
    blocks,
    reference,
    evidence: check.evidence,
    resources: check.resources.map(resourceRef),
  };
  const isOpen = check.answer === 'person' || check.answer === 'cannot-tell';
  if (person === undefined || (!isOpen && check.answer === person.answer))
    return {
      ...base,
      answer: check.answer,
      from: check.from,
      because: check.because,
      next: nextOf(check.answer, item),
      ...(person === undefined ? {} : { answered: person }),
    };
  const said = `${person.by} answered "${person.answer}" on ${person.date}${person.note === '' ? '' : `: ${person.note.replace(/\.$/, '')}`}`;
  if (person.state === 'expired')
    return {
      ...base,
      answer: isOpen ? 'person' : check.answer,
      from: isOpen ? 'nobody' : check.from,
      because: isOpen ? `${said}; that expired on ${person.expires}, so it is asked again.` : check.because,
      next: item.next,
      answered: person,
    };
  if (isOpen)
    return {
      ...base,
      answer: person.answer,
      from: 'person',
      because: `${said}.`,
      next: nextOf(person.answer, item),
      answered: person,
    };
  // What resources show is not voted on; but the two should be made to agree.
  return {
    ...base,
    answer: check.answer,
    from: check.from,
    because: check.because,
    next: nextOf(check.answer, item),
    answered: person,
    conflict: `${said}, but what was found says "${check.answer}".`,
  };
}

const nextOf = (answer: ReadinessAnswer, item: Item): string =>
  answer === 'yes' || answer === 'not-applicable' ? '' : item.next;

function countsOf(items: readonly ReadinessItem[]): AnswerCounts {
  const count = (answer: ReadinessAnswer): number => items.filter((item) => item.answer === answer).length;
  return {
    yes: count('yes'),
    no: count('no'),
    partly: count('partly'),
    person: count('person'),
    'not-applicable': count('not-applicable'),
    'cannot-tell': count('cannot-tell'),
  };
}
