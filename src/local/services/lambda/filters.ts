/**
 * Which records of a source a function is given. https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
 */
import type { FilterCriteria } from '@aws-sdk/client-lambda';
import { compilePattern, type Matcher } from '../../event-pattern.ts';
import { AwsError } from '../../service.ts';
import { invalidParameter } from './errors.ts';

export function readFilters(criteria: FilterCriteria | undefined): readonly string[] | undefined {
  if (!criteria) return undefined;
  const patterns = (criteria.Filters ?? []).map(({ Pattern = '' }) => Pattern);
  // AWS's limit, unless it is raised.
  if (patterns.length > 5) throw invalidParameter('Filter criteria can have 5 filters at most.');
  for (const pattern of patterns) compiled(pattern);
  return patterns;
}

/** An empty pattern lets everything through. */
function compiled(pattern: string): Matcher {
  if (pattern === '' || /^\s*\{\s*\}\s*$/.test(pattern)) return () => true;
  try {
    return compilePattern(pattern);
  } catch (error) {
    if (!(error instanceof AwsError) || error.status === 501) throw error;
    throw invalidParameter(`Invalid filter pattern definition. ${error.message}`);
  }
}

/** Undefined where everything fits. */
export function createFilter(patterns: readonly string[] | undefined): Matcher | undefined {
  if (!patterns || patterns.length === 0) return undefined;
  const any = patterns.map(compiled);
  return (record) => any.some((matches) => matches(record));
}

/** A text that is JSON is looked into, like that of a message. */
export function looked(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return text;
  }
}
