/** What the operations on state machines share. */
import type { LoggingConfiguration, TracingConfiguration } from '@aws-sdk/client-sfn';
import { AwsError } from '../../service.ts';
import type { StatesContext } from './context.ts';
import type { Definition } from './language/definition.ts';
import { openDelivery } from './logging.ts';
import { missingOperations } from './machine-definition.ts';
import type { MachineType, RevisionRecord } from './records.ts';

interface Given {
  readonly definition?: string | undefined;
  readonly roleArn?: string | undefined;
  readonly loggingConfiguration?: LoggingConfiguration | undefined;
  readonly tracingConfiguration?: TracingConfiguration | undefined;
}

/**
 * A revision as it would be kept. Definitions were checked before.
 * @throws when the role cannot be taken on, or may not log
 */
export async function prepareRevision(
  context: StatesContext,
  _type: MachineType,
  { definition = '', roleArn = '', loggingConfiguration, tracingConfiguration }: Given,
): Promise<RevisionRecord> {
  const { env } = context;
  const [missing] = await missingOperations(context.engineContext, JSON.parse(definition) as Definition);
  if (missing) throw missing;
  if (!/^arn:aws[\w-]*:iam::\d{12}:role\/.+$/.test(roleArn))
    throw new AwsError('InvalidArn', `Invalid Role Arn: '${roleArn}'`);
  try {
    const { caller } = await env.assumeRole(roleArn, 'states.amazonaws.com', 'create-state-machine');
    await openDelivery(env, loggingConfiguration, caller);
  } catch (error) {
    if (!(error instanceof AwsError) || !error.message.includes('sts:AssumeRole')) throw error;
    throw new AwsError(
      'AccessDeniedException',
      `Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role. (${error.message})`,
    );
  }
  return {
    id: env.uuid(),
    definition,
    roleArn,
    ...(loggingConfiguration ? { logging: loggingConfiguration } : {}),
    ...(tracingConfiguration?.enabled ? { tracing: true } : {}),
    updated: env.clock.now(),
  };
}

export function sameRevision(a: RevisionRecord, b: RevisionRecord): boolean {
  const core = ({ definition, roleArn, logging, tracing }: RevisionRecord) =>
    JSON.stringify([JSON.parse(definition), roleArn, logging ?? null, tracing ?? false]);
  return core(a) === core(b);
}

/** As described: off where nothing was said. */
export const loggingShown = ({ logging }: RevisionRecord): LoggingConfiguration =>
  logging ?? { level: 'OFF', includeExecutionData: false };
