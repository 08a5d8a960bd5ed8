/** All questions that an app raises, by resource, with the flow that gives the default answers. */
import type { Architecture, Resource } from '../../../architecture/index.ts';
import { createFlow } from '../flow/flow.ts';
import { pricerOf } from '../pricers/index.ts';
import type { Flow, Question } from '../pricers/model.ts';
import { noUsage, type Usage } from './model.ts';

export interface Asked {
  readonly resource: Resource;
  readonly questions: readonly Question[];
}

export function questionsOf(
  app: Architecture,
  usage: Usage = noUsage,
): { readonly asked: readonly Asked[]; readonly flow: Flow } {
  const flow = createFlow(app, usage, pricerOf);
  const asked = app.resources
    .map((resource) => ({ resource, questions: flow.questionsOf(resource) }))
    .filter(({ questions }) => questions.length > 0);
  return { asked, flow };
}
