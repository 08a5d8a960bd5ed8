import { typeNames } from '../../../../architecture/schema/specs.ts';
import { paging } from '../../../paging.ts';
import { operation } from '../../../service.ts';
import type { CloudFormationContext } from '../context.ts';
import { invalid } from '../errors.ts';
import { typeArn } from './describe-type.ts';

const page = paging({
  defaultLimit: 100,
  maxLimit: 100,
  invalidToken: () => invalid('The next token is not valid.'),
});

/**
 * AWS's own resource types; no others can be registered or activated here.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListTypes.html
 */
export const listTypes = ({ env }: CloudFormationContext) =>
  operation('cloudformation', 'ListTypes', {
    accepts: ['Visibility', 'Type', 'Filters', 'MaxResults', 'NextToken', 'DeprecatedStatus'],
    access: () => ({ action: 'cloudformation:ListTypes', resource: '*' }),
    async handle({ Visibility = 'PRIVATE', Type = 'RESOURCE', Filters = {}, DeprecatedStatus, ...input }) {
      const { Category = 'AWS_TYPES', TypeNamePrefix = '' } = Filters;
      const own = Visibility === 'PUBLIC' && Type === 'RESOURCE' && DeprecatedStatus !== 'DEPRECATED';
      const names = own && Category === 'AWS_TYPES' ? await typeNames(TypeNamePrefix) : [];
      const { items, next } = page(names, input.NextToken, input.MaxResults, (one) => one);
      return {
        TypeSummaries: items.map((TypeName) => ({ Type, TypeName, TypeArn: typeArn(env.region, TypeName) })),
        NextToken: next,
      };
    },
  });
