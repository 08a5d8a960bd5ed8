/** What the resource types share. */
import { formatArn } from '../../../../core/arn.ts';
import * as tags from '../../../resource-tags.ts';
import type { Invoke } from '../../../service.ts';

/** The properties given, and empty text or maps for those that an update leaves out, which removes them. */
export function withRemovals<P extends object>(properties: P, previous: P): P {
  const gone = Object.entries(previous).flatMap(([name, value]): [string, unknown][] => {
    if (value === undefined || (properties as Readonly<Record<string, unknown>>)[name] !== undefined)
      return [];
    if (typeof value === 'string') return [[name, '']];
    return typeof value === 'object' ? [[name, Array.isArray(value) ? [] : {}]] : [];
  });
  return { ...properties, ...Object.fromEntries(gone) };
}

/** Makes the tags of `arn:aws:apigateway:…::<path>` those of the template. */
export async function retag(
  path: string,
  wanted: Readonly<Record<string, string>>,
  previous: Readonly<Record<string, string>>,
  invoke: Invoke,
): Promise<void> {
  // The region is not told here; the service looks at the path only.
  const ResourceArn = formatArn({ service: 'apigateway', resource: path });
  await tags.retag(wanted, previous, {
    remove: (TagKeys) => invoke('apigatewayv2', 'UntagResource', { ResourceArn, TagKeys }),
    set: (changed) => invoke('apigatewayv2', 'TagResource', { ResourceArn, Tags: changed }),
  });
}
