/** What the reading operations share. */
import type { Path } from './expressions/ast.ts';
import { parseProjection } from './expressions/parse.ts';
import { readPlaceholders } from './expressions/placeholders.ts';
import { bindProjection } from './expressions/project.ts';

export function readProjection(input: {
  ProjectionExpression?: string | undefined;
  ExpressionAttributeNames?: Record<string, string> | undefined;
}): readonly Path[] | undefined {
  const { ProjectionExpression } = input;
  const parsed =
    ProjectionExpression === undefined
      ? undefined
      : parseProjection('ProjectionExpression', ProjectionExpression);
  const placeholders = readPlaceholders(input, { ProjectionExpression }, [parsed]);
  return parsed && bindProjection(parsed, placeholders);
}
