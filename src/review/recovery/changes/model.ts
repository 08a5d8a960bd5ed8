/** A change of the catalogue: which components it applies to, what it adds to them, and what it costs a month. */
import type { Resource } from '../../../architecture/index.ts';
import { inConfig } from '../figures.ts';
import type { Component, Context, Doubt, RecoveryOption } from '../model.ts';
import type { Paths } from '../paths.ts';
import type { WantedPrice } from '../price.ts';
import type { Basis, Noticed } from '../report.ts';

export interface Proposal {
  /** `change@resource`. Proposals with the same id are the same proposal. */
  readonly id: string;
  readonly title: string;
  /** The exact property or construct option. */
  readonly how: string;
  /** Components whose answers get better. */
  readonly components: readonly string[];
  /** The recovery options that each gets. None is removed, so no answer gets worse. */
  readonly adds: (component: Component) => readonly RecoveryOption[];
  readonly notices?: (component: Component) => Noticed;
  readonly prices: readonly WantedPrice[];
}

export interface ChangeContext {
  readonly context: Context;
  readonly components: readonly Component[];
  /** Ids of the components that users need. */
  readonly needed: ReadonlySet<string>;
  readonly paths: Paths;
}

export interface Change {
  readonly id: string;
  /** undefined: it does not apply, or the template has it already. */
  propose(component: Component, changeContext: ChangeContext): Proposal | undefined;
}

/** The component with the proposal applied, and without the doubts about scenarios that the proposal adds an option for. */
export function withProposal(component: Component, proposal: Proposal): Component {
  if (!proposal.components.includes(component.id)) return component;
  const added = proposal.adds(component);
  const settled = new Set(added.flatMap((option) => option.scenarios));
  const noticed = proposal.notices?.(component);
  return {
    ...component,
    options: [...component.options, ...added],
    doubts: component.doubts.flatMap((doubt): Doubt[] => {
      const left = doubt.scenarios.filter((scenario) => !settled.has(scenario));
      return left.length === 0 ? [] : [{ ...doubt, scenarios: left }];
    }),
    noticed: noticed === undefined ? component.noticed : better(component.noticed, noticed),
  };
}

const better = (a: Noticed | null, b: Noticed): Noticed =>
  a !== null && a.tells === 'person' && (b.tells !== 'person' || a.afterSeconds <= b.afterSeconds) ? a : b;

export const proposalFor = (
  change: string,
  component: Component,
  text: Pick<Proposal, 'title' | 'how' | 'prices'>,
  adds: readonly RecoveryOption[],
): Proposal => ({
  id: `${change}@${component.id}`,
  components: [component.id],
  adds: () => adds,
  ...text,
});

export const fromTemplate = (figure: string, resource: Resource, path: string): Basis => ({
  figure,
  source: `${resource.id}/Properties/${path}`,
  assumed: false,
});

export const dataSize = (gb: number, context: Context, resource: Resource): Basis => ({
  figure: `${gb} GB`,
  source: inConfig('dataGb'),
  assumed: context.inputs.dataGb?.[resource.id] === undefined && context.inputs.dataGb?.default === undefined,
});

export const hoursPerMonth = 730;
