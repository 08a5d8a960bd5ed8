/** Tags of APIs, stages, keys and usage plans, by ARN: `arn:aws:apigateway:region::/restapis/id/stages/name`. */
import { parseArn } from '../../../core/arn.ts';
import { tagProblem } from '../../resource-tags.ts';
import { unsupported } from '../../service.ts';
import type { GatewayContext } from './context.ts';
import { badRequest, notFound } from './errors.ts';

type Tags = Readonly<Record<string, string>>;

interface Tagged {
  readonly tags: Tags;
  put(tags: Tags): void;
}

/** @throws BadRequest for more or longer tags than a resource may have */
export function readTags(given: Tags = {}): Record<string, string> {
  const problem = tagProblem(given);
  if (problem) throw badRequest(problem);
  return { ...given };
}

export function taggedAt({ records }: GatewayContext, arn = ''): Tagged {
  const [kind, id = '', sub, name] = (parseArn(arn)?.resource ?? '').split('/').slice(1);
  const taggedIn = <R extends { readonly tags: Tags }>(
    collection: { get(key: string[]): R | undefined; put(key: string[], value: R): void },
    key: string[],
  ): Tagged => {
    const record = collection.get(key);
    if (!record) throw notFound('resource');
    return { tags: record.tags, put: (tags) => collection.put(key, { ...record, tags }) };
  };
  if (kind === 'restapis' && sub === 'stages' && name) return taggedIn(records.stages, [id, name]);
  if (kind === 'restapis' && sub === undefined) return taggedIn(records.apis, [id]);
  if (kind === 'apikeys') return taggedIn(records.apiKeys, [id]);
  if (kind === 'usageplans' && sub === undefined) return taggedIn(records.usagePlans, [id]);
  throw unsupported(`tags of ${arn}`);
}
