/**
 * Answers the pricers' questions: from stated answers, or by what follows from the wiring, or by an assumed number; the
 * last two are noted as assumptions. A question that ends up asking itself (a loop of events) counts as nothing once,
 * and is noted.
 */
import type { Architecture, Resource } from '../../../architecture/index.ts';
import { resourceRef } from '../../../architecture/index.ts';
import { type Amount, constant, interpolated, linear } from '../amount.ts';
import type { Flow, Pricer, Question } from '../pricers/model.ts';
import { traceQuestions } from '../pricers/tracing.ts';
import type { CostAssumption } from '../report.ts';
import type { Answer, Usage } from '../usage/model.ts';

interface CreatedFlow extends Flow {
  /** Of the questions asked so far. */
  assumptions(): readonly CostAssumption[];
  questionsOf(resource: Resource): readonly Question[];
}

export function createFlow(
  app: Architecture,
  usage: Usage,
  pricerOf: (type: string) => Pricer | undefined,
): CreatedFlow {
  const questions = new Map<Resource, readonly Question[]>();
  const known = new Map<string, Amount>();
  const asking = new Set<string>();
  const notes = new Map<string, { assumption: Omit<CostAssumption, 'value'>; amount: Amount }>();
  const { uses } = usage;

  const questionsOf = (resource: Resource): readonly Question[] => {
    let found = questions.get(resource);
    if (found === undefined) {
      found = [...(pricerOf(resource.type)?.questions?.(resource, flow) ?? []), ...traceQuestions(resource)];
      questions.set(resource, found);
    }
    return found;
  };
  const flow: CreatedFlow = {
    app,
    uses,
    questionsOf,
    asks: (resource, key) => questionsOf(resource).some((question) => question.key === key),
    workOf(resource) {
      const work = pricerOf(resource.type)?.work;
      const key = typeof work === 'function' ? work(resource) : work;
      return key === undefined || !flow.asks(resource, key) ? undefined : flow.of(resource, key);
    },
    of(resource, key) {
      const id = `${resource.id} ${key}`;
      const had = known.get(id);
      if (had !== undefined) return had;
      const question = questionsOf(resource).find((one) => one.key === key);
      if (question === undefined) throw new Error(`${resource.type} has no question ${key}`);
      const answer = usage.answers.get(resource.id)?.get(key);
      const note = {
        resource: resourceRef(resource),
        what: question.asks,
        answer: key,
      };
      if (answer !== undefined) {
        const amount = amountOf(answer, question, usage);
        known.set(id, amount);
        return amount;
      }
      if (asking.has(id)) {
        const amount = constant(0, question.unit);
        const because =
          'counted as nothing here: the resources set each other off in a circle, so it would depend on itself';
        notes.set(`${id} again`, { assumption: { ...note, because, kind: 'assumed' }, amount });
        return amount;
      }
      asking.add(id);
      const { amount, because, kind } = question.defaultAnswer(flow);
      asking.delete(id);
      known.set(id, amount);
      notes.set(id, { assumption: { ...note, because, kind }, amount });
      return amount;
    },
    assumptions: () => {
      const unit = { uses: uses.expected, unit: uses.unit };
      return [...notes.values()].map(({ assumption, amount }) => ({
        ...assumption,
        value: amount.explain(unit),
      }));
    },
  };
  return flow;
}

function amountOf(answer: Answer, question: Question, usage: Usage): Amount {
  if (answer.kind === 'fixed') return constant(answer.value, question.unit);
  if (answer.kind === 'per-use') return linear(answer.fixed, answer.perUse, question.unit);
  return interpolated(answer.points, usage.uses, question.unit, question.kind);
}
