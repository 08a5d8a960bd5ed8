/** Rules for the parts of a path. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-settings-method-request.html */
import { badRequest, conflict } from './errors.ts';
import type { ResourceRecord } from './records.ts';

export const isGreedy = (part: string) => part.startsWith('{') && part.endsWith('+}');
export const isParameter = (part: string) => part.startsWith('{') && part.endsWith('}');
export const parameterName = (part: string) => part.slice(1, isGreedy(part) ? -2 : -1);

export function* pathPartProblems({ pathPart = '' }: { readonly pathPart: string | undefined }) {
  if (!/^(?:[A-Za-z0-9._:,-]+|\{[A-Za-z0-9._:-]+\+?\})$/.test(pathPart))
    yield badRequest(
      "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end.",
    );
}

export function checkParent(parent: Pick<ResourceRecord, 'pathPart' | 'path'>): void {
  if (isGreedy(parent.pathPart))
    throw badRequest(`Cannot create a child of a resource with a greedy path variable: ${parent.path}`);
}

export function checkSibling(part: string, sibling: Pick<ResourceRecord, 'pathPart'>): void {
  if (sibling.pathPart === part)
    throw conflict(`Another resource with the same parent already has this name: ${part}`);
  if (isParameter(part) && isParameter(sibling.pathPart))
    throw badRequest(
      `A sibling (${sibling.pathPart}) of this resource already has a variable path part -- only one is allowed`,
    );
}
