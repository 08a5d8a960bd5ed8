/** Tags belong to distributions and functions; nothing else that is kept here has them. */
import { AwsError } from '../../service.ts';
import type { CloudFrontContext } from './context.ts';

export function checkTaggable(context: CloudFrontContext, arn: string): void {
  const [, kind, id = ''] = /:(distribution|function)\/(.+)$/.exec(arn) ?? [];
  const exists =
    kind === 'distribution'
      ? context.distributions.has(id)
      : kind === 'function' && context.functions.has(id);
  if (!exists) throw new AwsError('NoSuchResource', `The resource ${arn} does not exist.`, 404);
}
