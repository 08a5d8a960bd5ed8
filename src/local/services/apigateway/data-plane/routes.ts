/**
 * Which resource a path is for: fixed parts before `{parameters}` before `{proxy+}`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-settings-method-request.html
 */
import { lookup } from '../../../../core/lookup.ts';
import { isGreedy, isParameter, parameterName } from '../path-parts.ts';
import type { MethodRecord, ResourceRecord } from '../records.ts';

interface RouteNode {
  readonly resource: ResourceRecord;
  readonly fixed: Map<string, RouteNode>;
  parameter?: RouteNode;
  greedy?: RouteNode;
}

interface Route {
  readonly resource: ResourceRecord;
  readonly method: MethodRecord;
  readonly parameters: Readonly<Record<string, string>>;
}

type Router = (method: string, path: string) => Route | undefined;

export function createRouter(resources: readonly ResourceRecord[]): Router {
  const nodes = new Map<string, RouteNode>();
  let root: RouteNode | undefined;
  for (const resource of resources) nodes.set(resource.id, { resource, fixed: new Map() });
  for (const node of nodes.values()) {
    const { parentId, pathPart } = node.resource;
    const parent = parentId === undefined ? undefined : nodes.get(parentId);
    if (parentId === undefined) root = node;
    if (!parent) continue;
    if (isGreedy(pathPart)) parent.greedy = node;
    else if (isParameter(pathPart)) parent.parameter = node;
    else parent.fixed.set(pathPart, node);
  }
  const methodOf = (node: RouteNode, method: string) =>
    lookup(node.resource.methods, method) ?? node.resource.methods.ANY;

  const find = (
    node: RouteNode,
    parts: readonly string[],
    at: number,
    method: string,
    found: Record<string, string>,
  ): Route | undefined => {
    const part = parts[at];
    if (part === undefined) {
      const record = methodOf(node, method);
      return record && { resource: node.resource, method: record, parameters: found };
    }
    const fixed = node.fixed.get(decoded(part));
    const byName = fixed && find(fixed, parts, at + 1, method, found);
    if (byName) return byName;
    const { parameter, greedy } = node;
    if (parameter) {
      const name = parameterName(parameter.resource.pathPart);
      const byParameter = find(parameter, parts, at + 1, method, { ...found, [name]: decoded(part) });
      if (byParameter) return byParameter;
    }
    const record = greedy && methodOf(greedy, method);
    if (!greedy || !record) return undefined;
    const name = parameterName(greedy.resource.pathPart);
    return {
      resource: greedy.resource,
      method: record,
      parameters: { ...found, [name]: decoded(parts.slice(at).join('/')) },
    };
  };

  return (method, path) => {
    // A closing slash makes no difference.
    const parts = path.split('/').filter((part, i, all) => i > 0 && !(i === all.length - 1 && part === ''));
    return root && find(root, parts, 0, method, {});
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
