/**
 * What a stage means for every block: `prod` keeps data and watches more, `dev` is small and leaves nothing
 * behind. Refuses a stage name it does not know.
 */

import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { SlipwayError } from '../core/errors.ts';

export const stageNames = ['dev', 'staging', 'prod'] as const;
export type StageName = (typeof stageNames)[number];

export interface Stage {
  readonly name: StageName;
  /** What happens to buckets, tables and logs when the stack goes: prod and staging keep them. */
  readonly removalPolicy: RemovalPolicy;
  /** Empty buckets on destroy (a custom resource); only where the removal policy is DESTROY. */
  readonly emptyBuckets: boolean;
  readonly logRetention: RetentionDays;
  /**
   * Availability Zones the network spans; it costs nothing per zone, there is no NAT. A stack without an account
   * and region of its own gets two, because the CDK cannot know whether there is a third.
   */
  readonly availabilityZones: number;
  /** VPC flow logs to CloudWatch. */
  readonly flowLogs: boolean;
  /** Continuous backups of tables (restore to any second of the last 35 days). */
  readonly pointInTimeRecovery: boolean;
  /** For the stack: refuse `cdk destroy`. A block cannot set it, so the app passes it on. */
  readonly terminationProtection: boolean;
}

const stages: Readonly<Record<StageName, Stage>> = {
  dev: {
    name: 'dev',
    removalPolicy: RemovalPolicy.DESTROY,
    emptyBuckets: true,
    logRetention: RetentionDays.ONE_WEEK,
    availabilityZones: 2,
    flowLogs: false,
    pointInTimeRecovery: true,
    terminationProtection: false,
  },
  staging: {
    name: 'staging',
    removalPolicy: RemovalPolicy.RETAIN,
    emptyBuckets: false,
    logRetention: RetentionDays.ONE_MONTH,
    availabilityZones: 2,
    flowLogs: true,
    pointInTimeRecovery: true,
    terminationProtection: false,
  },
  prod: {
    name: 'prod',
    removalPolicy: RemovalPolicy.RETAIN,
    emptyBuckets: false,
    logRetention: RetentionDays.SIX_MONTHS,
    availabilityZones: 3,
    flowLogs: true,
    pointInTimeRecovery: true,
    terminationProtection: true,
  },
};

/** The stage of a name such as `app.node.tryGetContext('stage')` gives; an absent name is `fallback`. */
export function stageOf(name: unknown, fallback: StageName = 'prod'): Stage {
  if (name === undefined || name === null || name === '') return stages[fallback];
  const known = stageNames.find((candidate) => candidate === name);
  if (known === undefined) {
    throw new SlipwayError('blocks.invalid', `There is no stage ${JSON.stringify(name)}.`, {
      fix: `Use one of ${stageNames.join(', ')}, for example: cdk synth -c stage=dev`,
    });
  }
  return stages[known];
}
