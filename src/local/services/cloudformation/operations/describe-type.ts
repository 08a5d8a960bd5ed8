import { loadLimits, loadSpec } from '../../../../architecture/schema/specs.ts';
import { registrySchema } from '../../../resource-types/registry-schema.ts';
import { AwsError, operation, unsupported } from '../../../service.ts';
import type { CloudFormationContext } from '../context.ts';
import { invalid } from '../errors.ts';

/**
 * Of AWS's own resource types; there are no others here, because none can be registered.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeType.html
 */
export const describeType = ({ env }: CloudFormationContext) =>
  operation('cloudformation', 'DescribeType', {
    accepts: ['Type', 'TypeName', 'Arn'],
    access: () => ({ action: 'cloudformation:DescribeType', resource: '*' }),
    async handle({ Type = 'RESOURCE', TypeName, Arn }) {
      if (Type !== 'RESOURCE') throw unsupported(`types of the kind ${Type}`);
      const name = TypeName ?? Arn?.split('/').at(-1)?.replaceAll('-', '::');
      if (name === undefined) throw invalid('Either TypeName and Type, or Arn must be specified.');
      const [spec, limits] = await Promise.all([loadSpec(name), loadLimits(name)]);
      if (!spec) throw new AwsError('TypeNotFoundException', `The type '${name}' cannot be found.`, 404);
      return {
        Arn: typeArn(env.region, name),
        Type,
        TypeName: name,
        Schema: JSON.stringify(registrySchema(name, spec, limits)),
        ProvisioningType: limits.unprovisionable
          ? ('NON_PROVISIONABLE' as const)
          : ('FULLY_MUTABLE' as const),
        DeprecatedStatus: 'LIVE' as const,
        Visibility: 'PUBLIC' as const,
      };
    },
  });

export const typeArn = (region: string, type: string): string =>
  `arn:aws:cloudformation:${region}::type/resource/${type.replaceAll('::', '-')}`;
