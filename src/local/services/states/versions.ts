/** Versions: numbered, never changed, never given twice. */
import type { StatesContext } from './context.ts';
import { arnOf } from './context.ts';
import { noMachine } from './errors.ts';
import type { VersionRecord } from './records.ts';

export interface Published {
  readonly arn: string;
  readonly version: VersionRecord;
}

/** The version of the machine's present revision: the one that it has, or a new one. */
export function publish(
  { env, records }: StatesContext,
  name: string,
  description: string | undefined,
): Published {
  const arn = arnOf({ env }, name);
  const machine = records.machines.get([name]);
  if (!machine) throw noMachine(arn);
  const last = machine.versions > 0 ? records.versions.get([name, machine.versions]) : undefined;
  if (last?.revision === machine.revision) return { arn: `${arn}:${last.number}`, version: last };
  const number = machine.versions + 1;
  const version: VersionRecord = {
    number,
    revision: machine.revision,
    ...(description === undefined ? {} : { description }),
    created: env.clock.now(),
  };
  records.versions.put([name, number], version);
  records.machines.put([name], { ...machine, versions: number });
  return { arn: `${arn}:${number}`, version };
}
