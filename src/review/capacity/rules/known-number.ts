import { isUnresolved, numberAt, type Resource } from '../../../architecture/index.ts';
import type { RuleContext } from '../../finding.ts';

/** A number property: its value or AWS's default; undefined, and listed, when it cannot be known. */
export function knownNumber(
  context: RuleContext,
  resource: Resource,
  path: string,
  fallback: number,
): number | undefined {
  const value = numberAt(resource.properties, path);
  if (!isUnresolved(value)) return value ?? fallback;
  context.unclear({ resource, what: path, because: value.reason });
  return undefined;
}
