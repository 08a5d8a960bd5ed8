/** Finds which resources speak of which, from the resolved texts: so links go through exports and nested stacks. */
import type { Resolved, ResolvedObject, ResourceNode } from '../../template/index.ts';
import { namesOf, stepsInStack } from './called.ts';
import type { AppStack, Architecture, Link, Resource } from './model.ts';
import { arnOf, type Named, nameOf, refOf, tokens } from './names.ts';
import { textsIn } from './values.ts';

export interface UnlinkedResource {
  readonly node: ResourceNode;
  readonly stack: AppStack;
  readonly properties: ResolvedObject;
  readonly tags: Readonly<Record<string, string>>;
  readonly named: Named;
}

export function linkResources(
  unlinked: readonly UnlinkedResource[],
): Pick<Architecture, 'resources' | 'ofType' | 'byId' | 'named' | 'namedIn'> {
  const uses = new Map<string, Link[]>();
  const usedBy = new Map<string, Link[]>();
  const names = namesOf(unlinked.map(({ node, stack, named }) => ({ node, stack, id: named.id })));
  const resources = unlinked.map(({ node, stack, properties, tags, named }): Resource => {
    const linksOut: Link[] = [];
    const linksIn: Link[] = [];
    uses.set(named.id, linksOut);
    usedBy.set(named.id, linksIn);
    return {
      id: named.id,
      name: names.get(named.id) ?? node.logicalId,
      stack: stack.name,
      logicalId: node.logicalId,
      type: node.type,
      ...(node.constructPath === undefined ? {} : { constructPath: node.constructPath }),
      block: stepsInStack({ node, stack })[0] ?? node.logicalId,
      inStack: stack,
      arn: arnOf(named),
      properties,
      node,
      tags,
      uses: linksOut,
      usedBy: linksIn,
    };
  });
  const byId = new Map(resources.map((resource) => [resource.id, resource]));
  const byName = new Map<string, Resource>();
  const byArn: [string, Resource][] = [];
  for (const { named } of unlinked) {
    const resource = byId.get(named.id);
    if (resource === undefined || named.chosenName === undefined) continue;
    // A chosen name may be a word that means other things elsewhere, so only ARNs and URLs are searched for in texts.
    byName.set(refOf(named), resource);
    byName.set(nameOf(named), resource);
    const arn = arnOf(named);
    byName.set(arn, resource);
    byArn.push([arn.replace(/:\*$/, ''), resource]);
  }
  const speaksOf = (text: string): Resource[] => {
    const found = tokens(text).flatMap((id) => byId.get(id) ?? []);
    const exact = byName.get(text);
    if (exact !== undefined) found.push(exact);
    else if (text.includes('arn:'))
      for (const [arn, resource] of byArn) {
        const start = text.indexOf(arn);
        if (start >= 0 && !/[A-Za-z0-9_-]/.test(text[start + arn.length] ?? '')) found.push(resource);
      }
    return found;
  };
  const add = (from: Resource, to: Resource, path: string, kind: Link['kind']) => {
    const links = uses.get(from.id);
    if (from === to || links?.some((link) => link.to === to && link.path === path)) return;
    links?.push({ to, path, kind });
    usedBy.get(to.id)?.push({ to: from, path, kind });
  };
  for (const resource of resources) {
    for (const { text, path } of textsIn(resource.properties))
      for (const to of speaksOf(text)) add(resource, to, `/Properties${path}`, 'value');
    for (const reference of resource.node.references) {
      const to = byId.get(`${resource.stack}/${reference.to}`);
      const path = reference.path.replace(`/Resources/${resource.logicalId}`, '');
      const isKnown = uses.get(resource.id)?.some((link) => link.to === to && link.kind === 'value');
      if (to !== undefined && !isKnown)
        add(resource, to, path, reference.kind === 'dependsOn' ? 'dependsOn' : 'value');
    }
  }
  const types = new Map<string, Resource[]>();
  for (const resource of resources) {
    const list = types.get(resource.type);
    if (list === undefined) types.set(resource.type, [resource]);
    else list.push(resource);
  }
  return {
    resources,
    ofType: (...wanted) => wanted.flatMap((type) => types.get(type) ?? []),
    byId: (id) => byId.get(id),
    named: (text) => speaksOf(text)[0],
    namedIn: (value: Resolved | undefined) => [
      ...new Set([...textsIn(value)].flatMap(({ text }) => speaksOf(text))),
    ],
  };
}
