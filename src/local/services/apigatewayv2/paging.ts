import { paging } from '../../paging.ts';
import { badRequest } from './errors.ts';

const cut = paging({
  defaultLimit: 100,
  maxLimit: 500,
  invalidToken: () => badRequest('Invalid NextToken parameter'),
});

/** `NextToken` and `MaxResults` of the lists; the latter is text in the model. */
export function page<T>(
  items: readonly T[],
  input: { readonly NextToken?: string | undefined; readonly MaxResults?: string | undefined },
): { readonly Items: T[]; readonly NextToken: string | undefined } {
  const { items: Items, next } = cut(
    items,
    input.NextToken,
    input.MaxResults === undefined ? undefined : Number(input.MaxResults),
  );
  return { Items, NextToken: next };
}
