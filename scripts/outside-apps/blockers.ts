/** What stops apps, under names that can be counted over many of them. */
import type { AppVerdict } from '../../src/api/check-app.ts';

export function blockersOf({ stacks, images }: AppVerdict): string[] {
  const names = new Set<string>(images.map((text) => `Dockerfile: ${general(text.split('\n')[0] ?? '')}`));
  for (const { wrong, refusals } of stacks) {
    for (const text of wrong) names.add(general(text));
    for (const { type, what, unknownType } of refusals)
      names.add(unknownType ? type : `${type}: ${general(what)}`);
  }
  return [...names].sort();
}

/** Without the names that an app chose, so that the same cause reads the same. */
const general = (text: string): string =>
  text
    .split('\n')[0]
    ?.replace(/ \([^()]* uses? it\)/g, '')
    .replace(/ It is refused rather than .*/, '')
    .replace(/arn:[^\s,"()]+/g, 'arn:…')
    .replace(/: ".*/, '')
    .replace(/\b\w+[0-9A-F]{8}\b/g, '…')
    .replace(/\d{4,}/g, '…')
    .replace(/\s+/g, ' ')
    .slice(0, 160) ?? '';

/** What has to be built for a blocker to fall: a whole service for types that are not here, a language for runtimes. */
export function areaOf(blocker: string): string {
  const [, service] = /^AWS::(\w+)::\w+$/.exec(blocker) ?? [];
  if (service) return `AWS::${service}::*`;
  const [, language] = /the runtime ([a-z]+)[\w.]* is not supported/.exec(blocker) ?? [];
  if (language) return `functions in ${language}`;
  if (/^AWS::Lambda::Function: The runtime parameter of/.test(blocker))
    return 'functions in deprecated runtimes';
  if (blocker.startsWith('Dockerfile: ')) return 'Dockerfiles';
  return blocker;
}

export interface Count {
  readonly name: string;
  readonly apps: number;
  /** Of those, the apps that nothing else stops. */
  readonly alone: number;
}

/** How many apps each stops, the most first. */
export function count(apps: readonly (readonly string[])[]): Count[] {
  const counts = new Map<string, { apps: number; alone: number }>();
  for (const names of apps)
    for (const name of new Set(names)) {
      const { apps: all, alone } = counts.get(name) ?? { apps: 0, alone: 0 };
      counts.set(name, { apps: all + 1, alone: alone + (new Set(names).size === 1 ? 1 : 0) });
    }
  return [...counts]
    .map(([name, numbers]) => ({ name, ...numbers }))
    .sort((a, b) => b.apps - a.apps || b.alone - a.alone || (a.name < b.name ? -1 : 1));
}

export interface NextStep {
  /** What to build: more than one when no single area brings an app up. */
  readonly areas: readonly string[];
  /** How many apps come up by it. */
  readonly apps: number;
  readonly total: number;
}

/** What to build next, always what brings most apps up for each area built. */
export function greedy(apps: readonly (readonly string[])[], steps: number, already: number): NextStep[] {
  let left = apps.map((names) => new Set(names));
  const list: NextStep[] = [];
  let total = already;
  while (left.length > 0 && list.length < steps) {
    const candidates = new Map(left.map((areas) => [[...areas].sort().join('\n'), [...areas].sort()]));
    let best: { areas: readonly string[]; apps: number } = { areas: [], apps: 0 };
    for (const areas of candidates.values()) {
      const gained = left.filter(
        (one) => one.size <= areas.length && [...one].every((name) => areas.includes(name)),
      );
      const isBetter = gained.length / areas.length > best.apps / Math.max(1, best.areas.length);
      if (isBetter) best = { areas, apps: gained.length };
    }
    total += best.apps;
    list.push({ ...best, total });
    left = left
      .map((one) => new Set([...one].filter((name) => !best.areas.includes(name))))
      .filter((one) => one.size > 0);
  }
  return list;
}
