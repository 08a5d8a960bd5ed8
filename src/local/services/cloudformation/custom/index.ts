/** Which custom resources are acted natively, and how they take the place of their function. */
import { reasonOf } from '../../../../core/events.ts';
import {
  type ResourceRequest,
  type ResourceType,
  resourceType,
  type ScopedInvoke,
} from '../../../service.ts';
import type { CloudFormationContext } from '../context.ts';
import { autoDeleteObjects } from './auto-delete-objects.ts';
import { bucketDeployment } from './bucket-deployment.ts';
import { bucketNotifications } from './bucket-notifications.ts';
import { crossRegionExportReader, crossRegionExportWriter } from './cross-region-exports.ts';
import { logRetention } from './log-retention.ts';
import type { NativeCustomResource } from './native.ts';
import { restrictDefaultSecurityGroup } from './restrict-default-security-group.ts';

const natives: readonly NativeCustomResource[] = [
  autoDeleteObjects,
  bucketDeployment,
  bucketNotifications,
  crossRegionExportReader,
  crossRegionExportWriter,
  logRetention,
  restrictDefaultSecurityGroup,
];
const byType = new Map(natives.map((one) => [one.type, one]));

export const isNativelyActed = (type: string): boolean => byType.has(type);

interface CustomProperties {
  readonly ServiceToken: string;
  readonly [name: string]: unknown;
}

export function nativeCustomResource(context: CloudFormationContext, type: string): ResourceType {
  const native = byType.get(type);
  if (!native) throw new Error(`${type} is not acted natively`);
  const { accountId } = context.env;
  const common = async (request: ResourceRequest<CustomProperties>) => {
    const invoke = await asProvider(context, request);
    return {
      stackId: request.stackId,
      logicalId: request.logicalId,
      properties: request.properties,
      invoke,
      inRegion: (region: string) => invoke.inScope({ accountId, region }),
      newId: () => context.env.uuid(),
      progress: request.progress,
    };
  };
  return resourceType<CustomProperties>({
    type,
    mode: native.mode,
    ...(native.because ? { because: native.because } : {}),
    honoured: [],
    async create(request) {
      const { physicalId, data } = await native.createOrUpdate(await common(request));
      return { physicalId, attributes: data };
    },
    async update(request) {
      const { physicalId, previous } = request;
      const result = await native.createOrUpdate({ ...(await common(request)), physicalId, previous });
      return { physicalId: result.physicalId, attributes: result.data };
    },
    async delete(request) {
      await native.delete({ ...(await common(request)), physicalId: request.physicalId });
    },
  });
}

/** The permissions of the function that the CDK would run: those of its role. */
async function asProvider(
  context: CloudFormationContext,
  request: ResourceRequest<CustomProperties>,
): Promise<ScopedInvoke> {
  const { env, records } = context;
  const token = request.properties.ServiceToken;
  const known = records.findPhysical('AWS::Lambda::Function', token)?.state?.properties.Role;
  const roleArn =
    typeof known === 'string'
      ? known
      : (
          await request.invoke('lambda', 'GetFunctionConfiguration', {
            FunctionName: token,
          })
        ).Role;
  if (!roleArn) throw new Error(`The function ${token} has no role to act under`);
  try {
    const session = await env.assumeRole(
      roleArn,
      'lambda.amazonaws.com',
      token.slice(token.lastIndexOf(':') + 1).slice(0, 64),
    );
    return env.as(session.caller);
  } catch (error) {
    throw new Error(`The role ${roleArn} of the provider function cannot be assumed: ${reasonOf(error)}`);
  }
}
