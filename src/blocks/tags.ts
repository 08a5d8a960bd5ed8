/** The tags every resource of a system carries, so that cost and ownership can be read per system and stage. */
import { Tags } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type { StageName } from './stage.ts';

export interface SystemTags {
  /** Name of the system, e.g. `room-detection`. */
  readonly system: string;
  readonly stage: StageName;
  /** Team or person to ask. @default no `owner` tag */
  readonly owner?: string;
  /** @default no `cost-center` tag */
  readonly costCenter?: string;
}

/** Tags everything below `scope` with `system`, `stage`, `managed-by` and, where given, `owner`, `cost-center`. */
export function tagSystem(scope: IConstruct, tags: SystemTags): void {
  const all: Readonly<Record<string, string | undefined>> = {
    system: tags.system,
    stage: tags.stage,
    'managed-by': 'cdk',
    owner: tags.owner,
    'cost-center': tags.costCenter,
  };
  for (const [key, value] of Object.entries(all)) {
    if (value !== undefined) Tags.of(scope).add(key, value);
  }
}
