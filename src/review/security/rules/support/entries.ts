/** What can be reached through an entry point: in words, and as the severity of a finding about it. */
import type { Severity } from '../../../finding.ts';
import type { EntryPoint, ExposurePath } from '../../report.ts';
import { sentenceList } from './sentence-list.ts';

const last = ({ hops }: ExposurePath) => hops.at(-1)?.resource;

/** `writes to Jobs/Table and Jobs/Queue, reads Jobs/Output`; empty when no data of the app lies behind. */
export function dataBehind(entries: readonly EntryPoint[]): string {
  const names = (level: 'read' | 'write') =>
    entries.flatMap(({ paths }) =>
      paths.flatMap((path) => {
        const resource = last(path);
        return path.store !== undefined && resource !== undefined && path.access.includes(level)
          ? [resource.name]
          : [];
      }),
    );
  const written = names('write');
  const read = names('read').filter((name) => !written.includes(name));
  return [
    written.length === 0 ? '' : `write to ${sentenceList(written)}`,
    read.length === 0 ? '' : `read ${sentenceList(read)}`,
  ]
    .filter(Boolean)
    .join(' and ');
}

export const touches = (entry: EntryPoint, level: 'read' | 'write' | 'admin'): boolean =>
  entry.paths.some(({ store, access }) => store !== undefined && access.includes(level));

export const isLimited = ({ guards }: EntryPoint): boolean =>
  guards.some(({ kind }) => kind === 'waf' || kind === 'rate-limit');

/** Of an entry that nobody has to prove who they are for. */
export function openSeverity(entry: EntryPoint): Severity {
  if (entry.writes && (touches(entry, 'write') || touches(entry, 'admin')))
    return isLimited(entry) ? 'medium' : 'high';
  if (touches(entry, 'read')) return isLimited(entry) ? 'low' : 'medium';
  // Code without data of the app behind it: what is at stake is what each call costs.
  return entry.writes && !isLimited(entry) ? 'low' : 'info';
}

const order: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info'];

export const worst = (severities: readonly Severity[]): Severity =>
  order.find((one) => severities.includes(one)) ?? 'info';

/** The way in, hop by hop, of the entry's longest path: `Api → CreateJob → Table`. */
export function longestPath(entry: EntryPoint): string {
  const longest = entry.paths.reduce<ExposurePath | undefined>(
    (found, path) => (found === undefined || path.hops.length > found.hops.length ? path : found),
    undefined,
  );
  return (longest?.hops ?? []).map(({ resource }) => resource.name).join(' → ');
}
