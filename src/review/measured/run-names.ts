/** From the ARNs and names that a local cloud uses to the resources of a template. */
import type { Architecture } from '../../architecture/index.ts';
import { parseArn } from '../../core/arn.ts';
import type { PhysicalIds } from '../cost/index.ts';

/** @returns what finds the `Stack/LogicalId` of an ARN; undefined for what is not of this template */
export function namesOfRun(app: Architecture, physicalIds: PhysicalIds): (arn: string) => string | undefined {
  const ids = new Map<string, string>();
  for (const [physical, id] of Object.entries(physicalIds)) {
    const resource = app.byId(id);
    if (resource === undefined) continue;
    const service = parseArn(resource.arn)?.service ?? '';
    // Of a queue it is the URL.
    const name = /^https?:\/\//.test(physical) ? physical.slice(physical.lastIndexOf('/') + 1) : physical;
    ids.set(`${service} ${name}`, id);
    // Calls of an API are made on another service than its configuration.
    if (service === 'apigateway') ids.set(`execute-api ${name}`, id);
    if (physical.startsWith('arn:')) ids.set(physical, id);
  }
  return (arn) => {
    const exact = ids.get(arn);
    if (exact !== undefined) return exact;
    const { service, resource: name } = parseArn(arn) ?? { service: '', resource: '' };
    // `name`, `table/name`, `role/path/name`, `log-group:/aws/lambda/name`, `function:name:alias`
    const forms = [
      name,
      name.replace(/^[\w-]+[/:]/, ''),
      name.slice(name.lastIndexOf('/') + 1),
      name.split(':')[1] ?? '',
    ];
    for (const form of forms) {
      const found = ids.get(`${service} ${form}`);
      if (found !== undefined) return found;
    }
    return undefined;
  };
}
