/** Tags of APIs and stages, by ARN: `arn:aws:apigateway:region::/apis/id/stages/name`. */
import { parseArn } from '../../../core/arn.ts';
import { tagProblem } from '../../resource-tags.ts';
import { unsupported } from '../../service.ts';
import type { HttpApiContext } from './context.ts';
import { badRequest, notFound } from './errors.ts';

type Tags = Readonly<Record<string, string>>;

/** @throws BadRequest for more or longer tags than a resource may have */
export function readTags(given: Tags = {}): Record<string, string> {
  const problem = tagProblem(given);
  if (problem) throw badRequest(problem);
  return { ...given };
}

export function taggedAt(
  { records }: HttpApiContext,
  arn = '',
): { readonly tags: Tags; put(tags: Record<string, string>): void } {
  const [kind, id = '', sub, name = ''] = (parseArn(arn)?.resource ?? '').split('/').slice(1);
  if (kind !== 'apis') throw unsupported(`tags of ${arn}`);
  if (sub === 'stages') {
    const stage = records.stages.get([id, name]);
    if (!stage) throw notFound('Stage', name);
    return { tags: stage.Tags ?? {}, put: (Tags) => records.stages.put([id, name], { ...stage, Tags }) };
  }
  const api = records.apis.get(id);
  if (!api || sub !== undefined) throw notFound('API', id);
  return { tags: api.Tags ?? {}, put: (Tags) => records.apis.put([id], { ...api, Tags }) };
}
