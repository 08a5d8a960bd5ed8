/** Every change of the catalogue that applies to an app, with its price and the answers that it makes better. */

import { formatDuration } from '../../core/duration.ts';
import { answerOf, lossOrder, rtoOrder } from './answer.ts';
import { changes } from './changes/index.ts';
import { type ChangeContext, type Proposal, withProposal } from './changes/model.ts';
import { lossText, timeRange } from './format.ts';
import type { Component, RecoveryInputs } from './model.ts';
import { type PricePort, priceLine } from './price.ts';
import { type Answer, type ProposedChange, scenarios, scenarioText } from './report.ts';

export interface PricedChange {
  readonly proposal: Proposal;
  readonly report: ProposedChange;
}

export function proposalsFor(
  changeContext: ChangeContext,
  inputs: RecoveryInputs,
  region: string,
  price: PricePort,
): PricedChange[] {
  const found = new Map<string, Proposal & { readonly change: string }>();
  for (const component of changeContext.components)
    for (const change of changes) {
      const proposal = change.propose(component, changeContext);
      if (proposal !== undefined && !found.has(proposal.id))
        found.set(proposal.id, { ...proposal, change: change.id });
    }
  const byId = new Map(changeContext.components.map((component) => [component.id, component]));
  return [...found.values()].flatMap((proposal): PricedChange[] => {
    const touched = proposal.components.flatMap((id) => byId.get(id) ?? []);
    const improves = touched.flatMap((component) =>
      improvements(component, proposal, inputs, touched.length > 1),
    );
    if (improves.length === 0) return [];
    const prices = proposal.prices.map((wanted) => priceLine(wanted, region, price));
    return [
      {
        proposal,
        report: {
          id: proposal.id,
          change: proposal.change,
          title: proposal.title,
          how: proposal.how,
          components: proposal.components,
          prices,
          usdPerMonth: prices.reduce((sum, { usdPerMonth }) => sum + (usdPerMonth ?? 0), 0),
          improves,
        },
      },
    ];
  });
}

function improvements(
  component: Component,
  proposal: Proposal,
  inputs: RecoveryInputs,
  named: boolean,
): string[] {
  const after = withProposal(component, proposal);
  return scenarios.flatMap((scenario) => {
    const [was, is] = [answerOf(component, scenario, inputs), answerOf(after, scenario, inputs)];
    const before = `${scenarioText[scenario].name}${named ? `, ${component.resource.name}` : ''}: `;
    const better: string[] = [];
    if (rtoOrder(is) < rtoOrder(was)) better.push(`${before}back in ${timeOf(was)} → ${timeOf(is)}`);
    if (loss(is) < loss(was))
      better.push(
        `${before}loses ${lossText(was.rpo?.seconds ?? null)} → ${lossText(is.rpo?.seconds ?? null)}`,
      );
    return better;
  });
}

const loss = (answer: Answer): number =>
  answer.rpo === null ? Number.POSITIVE_INFINITY : lossOrder(answer.rpo.seconds);

const timeOf = (answer: Answer): string =>
  answer.rto === null
    ? 'an unknown time'
    : answer.rpo?.seconds === 'all-data'
      ? `${formatDuration(answer.rto.maxSeconds)} without its data`
      : timeRange(answer.rto.minSeconds, answer.rto.maxSeconds);
