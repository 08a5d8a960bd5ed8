/** CloudFront distributions: each behaviour with its origin, signed URLs and web ACL. */

import type { Resolved } from '../../../../architecture/app/model.ts';
import {
  evidenceAt,
  flagAt,
  isMap,
  listAt,
  type Resource,
  type Step,
  show,
  textAt,
  valueAt,
} from '../../../../architecture/index.ts';
import type { Guard } from '../../report.ts';
import type { DoorKind } from '../door.ts';
import { webAclProperty } from '../guards.ts';

const config = 'DistributionConfig';

/** Behaviours with their paths in the properties. */
export function behavioursOf(distribution: Resource): { value: Resolved; at: string; name: string }[] {
  const first = valueAt(distribution.properties, `${config}.DefaultCacheBehavior`);
  const more = listAt(distribution.properties, `${config}.CacheBehaviors`);
  return [
    ...(first === undefined
      ? []
      : [{ value: first, at: `${config}.DefaultCacheBehavior`, name: 'the default behaviour' }]),
    ...more.map((value, index) => {
      const pattern = textAt(value, 'PathPattern');
      const name = typeof pattern === 'string' ? pattern : `behaviour ${index}`;
      return { value, at: `${config}.CacheBehaviors.${index}`, name };
    }),
  ];
}

function signed(distribution: Resource, value: Resolved, path: string): Guard[] {
  const property = ['TrustedKeyGroups', 'TrustedSigners'].find((name) => listAt(value, name).length > 0);
  if (property === undefined) return [];
  return [{ kind: 'signed-request', limits: 'who', evidence: show(distribution, `${path}.${property}`) }];
}

export const distributions: DoorKind = (context) => {
  const { app } = context;
  for (const distribution of app.ofType('AWS::CloudFront::Distribution')) {
    if (flagAt(distribution.properties, `${config}.Enabled`) === false) continue;
    const origins = listAt(distribution.properties, `${config}.Origins`);
    const groups = listAt(distribution.properties, `${config}.OriginGroups.Items`);
    for (const behaviour of behavioursOf(distribution)) {
      const wanted = textAt(behaviour.value, 'TargetOriginId');
      const group = groups.find((one) => textAt(one, 'Id') === wanted);
      const ids = isMap(group)
        ? listAt(group, 'Members.Items').map((member) => textAt(member, 'OriginId'))
        : [wanted];
      const next = origins.flatMap((origin, index): Step[] => {
        const id = textAt(origin, 'Id');
        if (typeof id !== 'string' || !ids.includes(id)) return [];
        const property = `${config}.Origins.${index}.DomainName`;
        const named = app.namedIn([
          valueAt(origin, 'DomainName') ?? null,
          valueAt(origin, 'VpcOriginConfig') ?? null,
        ]);
        return named
          .flatMap((to) => (to.type.endsWith('VpcOrigin') ? app.namedIn(to.properties) : [to]))
          .map((to) => ({
            to,
            by: 'fetches from',
            opens: evidenceAt(distribution, property, `origin ${to.name}`),
            access: ['read'],
          }));
      });
      const methods = listAt(behaviour.value, 'AllowedMethods');
      context.door({
        kind: 'distribution',
        resource: distribution,
        what: behaviour.name,
        opens: evidenceAt(distribution, behaviour.at, `behaviour for ${behaviour.name}`),
        guards: [
          ...signed(distribution, behaviour.value, behaviour.at),
          ...webAclProperty(distribution, `${config}.WebACLId`),
        ],
        writes: methods.includes('POST'),
        next,
      });
    }
  }
};
