/**
 * The questions of the `usage` part of the review file: every one the template raises, as a comment that shows the key,
 * what is asked, and what is taken until it is answered. Removing the # of a line answers it.
 */
import { Document } from 'yaml';
import type { Architecture } from '../../../architecture/index.ts';
import { entriesOf, type ReviewFilePart } from '../../inputs/init-part.ts';
import { type Amount, isZero, plural } from '../amount.ts';
import type { Flow, Question } from '../pricers/model.ts';
import { namesOf, uniqueKeyOf } from './match.ts';
import { assumedUses } from './model.ts';
import { type Asked, questionsOf } from './questions.ts';

export function usageQuestions(app: Architecture): ReviewFilePart {
  const { asked, flow } = questionsOf(app);
  const names = namesOf(asked.map(({ resource }) => resource));
  const written = new Set<string>();
  const entries = asked.flatMap((one) => {
    const key = uniqueKeyOf(one.resource, names);
    if (written.has(key) || isIdle(one, flow)) return [];
    written.add(key);
    const questions = one.questions.map((question) => commentOf(question, flow));
    // Questions that need an answer first; those that follow from others are seldom answered.
    const open = questions.filter(({ follows }) => !follows);
    const follow = questions.filter(({ follows }) => follows);
    return [
      {
        names: [...names].filter(([, resources]) => resources.includes(one.resource)).map(([name]) => name),
        lines: [
          `# ${one.resource.type}${open.length === 0 ? ': all of it follows from other answers' : ''}`,
          `${yamlKey(key)}:`,
          ...[...open, ...follow].flatMap(({ lines }) => lines.map((line) => `  # ${line}`)),
        ],
      },
    ];
  });
  const { unit, low, expected, high } = assumedUses;
  return {
    key: 'usage',
    text: `# How much the app is used a month, for its cost. An answer is a number (so much whatever the use), { perUse: 2 },
# { perUse: 2, fixed: 100 }, or { low: 1, expected: 2, high: 3 }. Answers marked "follows" are worked out from others.
usage:
  # One use of the app, in your word: order, plan, chat message.
  unit: ${unit}
  # Uses a month; these are assumed until you change them.
  uses: { low: ${low}, expected: ${expected}, high: ${high} }
  resources:
${entriesOf(entries, 4)}`,
    growing: [{ path: ['usage', 'resources'], entries }],
  };
}

/** Every monthly quantity follows and is zero, as of a function that only deploys: left out of the file. */
const isIdle = ({ questions }: Asked, flow: Flow): boolean => {
  const monthly = questions.filter(({ kind }) => kind === 'month');
  return (
    monthly.length > 0 &&
    monthly.every((question) => {
      const { amount, kind } = question.defaultAnswer(flow);
      return kind === 'derived' && isZero(amount);
    })
  );
};

function commentOf(
  question: Question,
  flow: Flow,
): { readonly follows: boolean; readonly lines: readonly string[] } {
  const unit = plural(question.unit);
  const about = `${question.asks}, in ${unit}${question.kind === 'month' ? ' a month' : ' each'}`;
  const byDefault = question.defaultAnswer(flow);
  const value = valueText(byDefault.amount);
  return byDefault.kind === 'derived'
    ? { follows: true, lines: [`${question.key}: ${value}  # follows: ${about}. ${byDefault.because}.`] }
    : { follows: false, lines: [`${about}. Assumed: ${byDefault.because}.`, `${question.key}: ${value}`] };
}

function valueText(amount: Amount): string {
  if (amount.linear !== undefined) {
    const { fixed, perUse } = amount.linear;
    if (perUse === 0) return short(fixed);
    return fixed === 0
      ? `{ perUse: ${short(perUse)} }`
      : `{ perUse: ${short(perUse)}, fixed: ${short(fixed)} }`;
  }
  const at = (point: number) => short(amount.quantity(point));
  const { low, expected, high } = assumedUses;
  return `{ low: ${at(low)}, expected: ${at(expected)}, high: ${at(high)} }`;
}

const short = (value: number): string => String(Number(value.toPrecision(6)));

/** A word that YAML might read as something else is quoted. */
const yamlKey = (key: string): string => new Document(key).toString({ lineWidth: 0 }).trim();
