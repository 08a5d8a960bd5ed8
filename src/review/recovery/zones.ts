/** In which availability zones a resource runs, from its subnets. */
import type { Resolved } from '../../architecture/app/model.ts';
import { type Architecture, type Resource, textAt, textsIn } from '../../architecture/index.ts';

interface Zones {
  readonly zones: readonly string[];
  /** Subnets whose zone the template does not say; each may be in a different zone. */
  readonly unknown: readonly string[];
}

function zoneOfSubnet(subnet: Resource): string | undefined {
  const zone =
    textAt(subnet.properties, 'AvailabilityZone') ?? textAt(subnet.properties, 'AvailabilityZoneId');
  return typeof zone === 'string' ? zone : undefined;
}

/** The zones of every subnet that `value` names, through subnet groups too. */
export function zonesOf(app: Architecture, value: Resolved | undefined | readonly Resolved[]): Zones {
  const zones = new Set<string>();
  const unknown: string[] = [];
  const named = app.namedIn(value);
  const subnets = named.flatMap((resource) =>
    resource.type === 'AWS::EC2::Subnet'
      ? [resource]
      : resource.type.endsWith('SubnetGroup')
        ? resource.uses.map(({ to }) => to).filter(({ type }) => type === 'AWS::EC2::Subnet')
        : [],
  );
  for (const subnet of new Set(subnets)) {
    const zone = zoneOfSubnet(subnet);
    if (zone === undefined) unknown.push(subnet.id);
    else zones.add(zone);
  }
  if (subnets.length === 0)
    for (const { text } of textsIn(value)) if (/^subnet-|^p-|^{{/.test(text)) unknown.push(text);
  return { zones: [...zones].sort(), unknown };
}
