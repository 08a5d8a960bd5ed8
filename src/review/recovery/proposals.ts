/** Every change of the catalogue that applies to a system, priced, with the answers it makes better by itself. */

import { formatDuration } from '../../core/duration.ts';
import { answerOf, lossOrder, rtoOrder } from './answer.ts';
import { changes } from './changes/index.ts';
import { type Proposal, type Surroundings, withProposal } from './changes/model.ts';
import { lossText, timeRange } from './format.ts';
import type { Component, RecoveryInputs } from './model.ts';
import { type PricePort, priceLine } from './price.ts';
import { type Answer, type ProposedChange, scenarios, scenarioText } from './report.ts';

export interface Priced {
  readonly proposal: Proposal;
  readonly report: ProposedChange;
}

export function proposalsFor(
  surroundings: Surroundings,
  inputs: RecoveryInputs,
  region: string,
  price: PricePort,
): Priced[] {
  const found = new Map<string, Proposal & { readonly change: string }>();
  for (const component of surroundings.components)
    for (const change of changes) {
      const proposal = change.propose(component, surroundings);
      if (proposal !== undefined && !found.has(proposal.at))
        found.set(proposal.at, { ...proposal, change: change.id });
    }
  const byId = new Map(surroundings.components.map((component) => [component.id, component]));
  return [...found.values()].flatMap((proposal): Priced[] => {
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
          id: proposal.at,
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
