/** Tags of functions and event source mappings. Layers and code signing have none here. */
import type { AccessCheck } from '../../service.ts';
import type { LambdaContext } from './context.ts';
import { invalidParameter, notFound } from './errors.ts';

type Target = { readonly kind: 'function' | 'mapping'; readonly id: string };

function targetOf({ records }: LambdaContext, arn = ''): Target {
  const [, kind, id = ''] = /:(function|event-source-mapping):([A-Za-z0-9-_]+)$/.exec(arn) ?? [];
  if (/:function:[A-Za-z0-9-_]+:[A-Za-z0-9-_$]+$/.test(arn))
    throw invalidParameter(
      'Tags on function aliases and versions are not supported. Please specify a function ARN.',
    );
  if (kind === undefined)
    throw invalidParameter(`${arn} is not the ARN of a function or an event source mapping`);
  const exists = kind === 'function' ? records.functions.has([id, '$LATEST']) : records.mappings.has(id);
  if (!exists)
    throw notFound(`${kind === 'function' ? 'Function' : 'Event source mapping'} not found: ${arn}`);
  return { kind: kind === 'function' ? 'function' : 'mapping', id };
}

export const taggedAccess = (_: LambdaContext, action: string, arn = ''): AccessCheck => ({
  action: `lambda:${action}`,
  resource: arn,
});

export function tagsAt(context: LambdaContext, arn: string | undefined): Readonly<Record<string, string>> {
  const { kind, id } = targetOf(context, arn);
  const owner = kind === 'function' ? context.records.settings.get(id) : context.records.mappings.get(id);
  return owner?.tags ?? {};
}

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-tags.html#tag-restrictions */
export function checkTagCount(tags: Readonly<Record<string, string>> | undefined): void {
  const own = Object.keys(tags ?? {}).filter((key) => !key.startsWith('aws:'));
  if (own.length > 50) throw invalidParameter('Number of tags exceeds resource tag limit.');
}

export function putTags(
  context: LambdaContext,
  arn: string | undefined,
  tags: Readonly<Record<string, string>>,
): void {
  const { kind, id } = targetOf(context, arn);
  checkTagCount(tags);
  const { settings, mappings } = context.records;
  if (kind === 'function') settings.put(id, { ...(settings.get(id) ?? { lastVersion: 0 }), tags });
  else {
    const mapping = mappings.get(id);
    if (mapping) mappings.put(id, { ...mapping, tags });
  }
}
