/** The ARN of a resource in the form that policies of the same template name it. */

import { nameProperty } from '../../../architecture/app/names.ts';
import { arnOf, type Resource, textAt } from '../../../architecture/index.ts';

export function arnOfResource(resource: Resource): string {
  const property = nameProperty(resource.type);
  const chosen = property === undefined ? undefined : textAt(resource.properties, property);
  const { region, accountId } = resource.inStack;
  return arnOf({
    type: resource.type,
    id: resource.id,
    region,
    accountId,
    partition: region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws',
    ...(typeof chosen === 'string' ? { chosenName: chosen } : {}),
  });
}
