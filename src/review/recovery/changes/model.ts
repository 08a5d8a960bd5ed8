/** A change of the catalogue: which components it applies to, what it adds to them, and what it costs a month. */
import type { Resource } from '../../../architecture/index.ts';
import { inConfig } from '../figures.ts';
import type { Component, Context, Doubt, Way } from '../model.ts';
import type { Paths } from '../paths.ts';
import type { WantedPrice } from '../price.ts';
import type { Basis, Noticed } from '../report.ts';

export interface Proposal {
  /** Unique in the catalogue's answer for a system: `change@resource`. Proposals with the same id are one. */
  readonly at: string;
  readonly title: string;
  /** The exact property or construct option. */
  readonly how: string;
  /** Components whose answers get better. */
  readonly components: readonly string[];
  /** What each gets; never takes a way away, so answers cannot get worse. */
  readonly adds: (component: Component) => readonly Way[];
  readonly notices?: (component: Component) => Noticed;
  readonly prices: readonly WantedPrice[];
}

export interface Surroundings {
  readonly context: Context;
  readonly components: readonly Component[];
  /** Ids of the components that users need. */
  readonly needed: ReadonlySet<string>;
  readonly paths: Paths;
}

export interface Change {
  readonly id: string;
  /** Nothing: does not apply, or is so already. */
  propose(component: Component, surroundings: Surroundings): Proposal | undefined;
}

/** A component with a proposal in place. Doubts that the proposal settles are gone. */
export function withProposal(component: Component, proposal: Proposal): Component {
  if (!proposal.components.includes(component.id)) return component;
  const added = proposal.adds(component);
  const settled = new Set(added.flatMap((way) => way.for));
  const noticed = proposal.notices?.(component);
  return {
    ...component,
    ways: [...component.ways, ...added],
    doubts: component.doubts.flatMap((doubt): Doubt[] => {
      const left = doubt.for.filter((scenario) => !settled.has(scenario));
      return left.length === 0 ? [] : [{ ...doubt, for: left }];
    }),
    noticed: noticed === undefined ? component.noticed : better(component.noticed, noticed),
  };
}

const better = (a: Noticed | null, b: Noticed): Noticed =>
  a !== null && a.tells === 'person' && (b.tells !== 'person' || a.afterSeconds <= b.afterSeconds) ? a : b;

export const one = (
  change: string,
  component: Component,
  text: Pick<Proposal, 'title' | 'how' | 'prices'>,
  adds: readonly Way[],
): Proposal => ({
  at: `${change}@${component.id}`,
  components: [component.id],
  adds: () => adds,
  ...text,
});

export const template = (figure: string, resource: Resource, path: string): Basis => ({
  figure,
  source: `${resource.id}/Properties/${path}`,
  assumed: false,
});

export const size = (gb: number, context: Context, resource: Resource): Basis => ({
  figure: `${gb} GB`,
  source: inConfig('dataGb'),
  assumed: context.inputs.dataGb?.[resource.id] === undefined && context.inputs.dataGb?.default === undefined,
});

export const hours = 730;
