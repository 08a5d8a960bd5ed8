/** What the operations of Step Functions share. */
import { paging } from '../../paging.ts';
import type { Extras, ServiceEnvironment } from '../../service.ts';
import { readMachine } from './arns.ts';
import type { EngineContext } from './engine/context.ts';
import type { Engine } from './engine/engine.ts';
import type { WaitingRoom } from './engine/waiting.ts';
import { invalidPage, noMachine } from './errors.ts';
import type { ExecutionRecord, MachineRecord, RevisionRecord, StatesRecords } from './records.ts';

export interface StatesContext {
  readonly env: ServiceEnvironment;
  readonly records: StatesRecords;
  readonly engine: Engine;
  readonly engineContext: EngineContext;
  readonly room: WaitingRoom;
  readonly accounts: Extras['accounts'];
}

export const arnOf = ({ env }: Pick<StatesContext, 'env'>, name: string): string =>
  env.arn('states', `stateMachine:${name}`);

export const activityArn = ({ env }: Pick<StatesContext, 'env'>, name: string): string =>
  env.arn('states', `activity:${name}`);

export interface Found {
  readonly machine: MachineRecord;
  readonly revision: RevisionRecord;
  readonly version?: number;
  readonly alias?: string;
}

/** The machine that an ARN names, with the revision that its version or alias stands for. */
export function findMachine(context: StatesContext, arn = ''): Found {
  const { machine: name, qualifier } = readMachine(arn);
  const { records } = context;
  const machine = records.machines.get([name]);
  if (!machine) throw noMachine(arn);
  const revisionOf = (id: string): RevisionRecord => {
    const found = records.revisions.get([name, id]);
    if (!found) throw noMachine(arn);
    return found;
  };
  if (qualifier === undefined) return { machine, revision: revisionOf(machine.revision) };
  if (/^\d+$/.test(qualifier)) {
    const version = records.versions.get([name, Number(qualifier)]);
    if (!version) throw noMachine(arn);
    return { machine, revision: revisionOf(version.revision), version: version.number };
  }
  const alias = records.aliases.get([name, qualifier]);
  if (!alias) throw noMachine(arn);
  const number = pick(alias.routes);
  const version = records.versions.get([name, number]);
  if (!version) throw noMachine(arn);
  return { machine, revision: revisionOf(version.revision), version: number, alias: qualifier };
}

/** One of the versions of an alias, by their weights. */
function pick(routes: readonly { readonly version: number; readonly weight: number }[]): number {
  let at = Math.random() * 100;
  for (const { version, weight } of routes) {
    at -= weight;
    if (at < 0) return version;
  }
  return routes.at(-1)?.version ?? 0;
}

/** Executions of a machine that have ended are there for 90 days. */
const keptFor = 90 * 24 * 3_600_000;

export function findExecution(
  { env, records }: StatesContext,
  group: string,
  name: string,
): ExecutionRecord | undefined {
  const found = records.executions.get([group, name]);
  return found?.stopped !== undefined && env.clock.now() - found.stopped > keptFor ? undefined : found;
}

export const page = paging({ defaultLimit: 100, maxLimit: 1000, invalidToken: invalidPage });

/** The API takes 0 for its own limit. */
export const limitOf = (maxResults: number | undefined): number | undefined => maxResults || undefined;

export const date = (ms: number | undefined): Date | undefined =>
  ms === undefined ? undefined : new Date(ms);
