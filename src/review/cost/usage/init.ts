/**
 * Writes the usage file: every question the template raises, as a comment that shows the key, what is asked, and what
 * is supposed until it is answered. Answers that are there already stay; uncommenting a line answers it.
 */
import { Document } from 'yaml';
import type { Architecture } from '../../../architecture/index.ts';
import { type Amount, isZero, plural } from '../amount.ts';
import type { Flow, Question, Supposed } from '../pricers/model.ts';
import { namesOf, uniqueKeyOf } from './match.ts';
import { type Answer, noUsage, type Usage } from './model.ts';
import { type Asked, questionsOf } from './questions.ts';
import { readUsage } from './read.ts';

const head = `# How much the app is used a month, for \`slipway review\` and its cost.
# Quantities are a month. An answer is a number (so much whatever the use), { perUse: 2 }, { perUse: 2, fixed: 100 },
# or { low: 1, expected: 2, high: 3 }. Lines that begin with # are what is supposed until you answer: remove the # and
# put your figure. "follows" lines are worked out from other answers and seldom need one.
`;

/** `existing` must be readable: what is wrong in it is `readUsage`'s to say. */
export function initUsage(app: Architecture, existing?: string): string {
  const read = existing === undefined ? undefined : readUsage(existing, app);
  const usage = read?.usage ?? noUsage;
  const { asked, flow } = questionsOf(app, usage);
  const names = namesOf(asked.map(({ resource }) => resource));
  const lines = [head, ...ofUses(usage, existing !== undefined), 'resources:'];
  const written = new Set<string>();
  for (const one of asked) {
    const key = uniqueKeyOf(one.resource, names);
    if (written.has(key)) continue;
    written.add(key);
    const answers = usage.answers.get(one.resource.id);
    if (answers === undefined && isIdle(one, flow)) continue;
    const entries = one.questions.map((question) =>
      entryOf(question, answers?.get(question.key), question.suppose(flow), usage),
    );
    // What nobody needs to answer is one line less to read.
    const open = entries.filter(({ state }) => state !== 'follows');
    lines.push(
      `  # ${one.resource.type}${open.length === 0 ? ': all of it follows from other answers' : ''}`,
    );
    lines.push(`  ${yamlKey(key)}:`);
    for (const entry of [...open, ...entries.filter(({ state }) => state === 'follows')])
      lines.push(...entry.lines);
  }
  return `${lines.join('\n')}\n`;
}

function ofUses({ uses, usesStated }: Usage, kept: boolean): readonly string[] {
  const said = kept && usesStated;
  return [
    '# One use of the app, in your word: order, plan, chat message.',
    `unit: ${yamlKey(uses.unit)}`,
    `# ${said ? 'Uses a month.' : 'Uses a month; these are ours.'}`,
    `uses: { low: ${uses.low}, expected: ${uses.expected}, high: ${uses.high} }`,
  ];
}

/** Everything asked a month follows and is nothing (a function that only deploys): not worth a line. */
const isIdle = ({ questions }: Asked, flow: Flow): boolean => {
  const monthly = questions.filter(({ kind }) => kind === 'month');
  return (
    monthly.length > 0 &&
    monthly.every((question) => {
      const { amount, kind } = question.suppose(flow);
      return kind === 'derived' && isZero(amount);
    })
  );
};

interface Entry {
  readonly state: 'answered' | 'assumed' | 'follows';
  readonly lines: readonly string[];
}

function entryOf(question: Question, answer: Answer | undefined, supposed: Supposed, usage: Usage): Entry {
  const unit = plural(question.unit);
  const about = `${question.asks}, in ${unit}${question.kind === 'month' ? ' a month' : ' each'}`;
  if (answer !== undefined)
    return { state: 'answered', lines: [`    # ${about}.`, `    ${question.key}: ${written(answer)}`] };
  const value = valueText(supposed.amount, usage);
  const state = supposed.kind === 'derived' ? 'follows' : 'assumed';
  return {
    state,
    lines: [
      state === 'follows'
        ? `    # ${question.key}: ${value}  # follows: ${about}. ${supposed.because}.`
        : `    # ${about}. Supposed: ${supposed.because}.\n    # ${question.key}: ${value}`,
    ],
  };
}

function valueText(amount: Amount, { uses }: Usage): string {
  if (amount.plain !== undefined) {
    const { fixed, perUse } = amount.plain;
    if (perUse === 0) return short(fixed);
    return fixed === 0
      ? `{ perUse: ${short(perUse)} }`
      : `{ perUse: ${short(perUse)}, fixed: ${short(fixed)} }`;
  }
  const at = (point: number) => short(amount.at(point));
  return `{ low: ${at(uses.low)}, expected: ${at(uses.expected)}, high: ${at(uses.high)} }`;
}

const short = (value: number): string => String(Number(value.toPrecision(6)));

function written(answer: Answer): string {
  if (answer.kind === 'fixed') return String(answer.value);
  if (answer.kind === 'points') {
    const { low, expected, high } = answer.points;
    return `{ low: ${low}, expected: ${expected}, high: ${high} }`;
  }
  return answer.fixed === 0
    ? `{ perUse: ${answer.perUse} }`
    : `{ perUse: ${answer.perUse}, fixed: ${answer.fixed} }`;
}

/** A word that YAML might read as something else is quoted. */
const yamlKey = (key: string): string => new Document(key).toString({ lineWidth: 0 }).trim();
