/** From the ARNs and names that a local cloud uses to the resources of a template. */
import type { Architecture } from '../../architecture/index.ts';
import { parseArn } from '../../core/arn.ts';
import type { PhysicalIds } from '../cost/index.ts';

/** By which name ARNs call a service, where it is not its CloudFormation namespace in lower case. */
const arnNames: Readonly<Record<string, readonly string[]>> = {
  ApiGateway: ['apigateway', 'execute-api'],
  ApiGatewayV2: ['apigateway', 'execute-api'],
  ElasticLoadBalancingV2: ['elasticloadbalancing'],
  StepFunctions: ['states'],
  Cognito: ['cognito-idp', 'cognito-identity'],
  EFS: ['elasticfilesystem'],
  OpenSearchService: ['es'],
  Elasticsearch: ['es'],
};

/** @returns what finds the `Stack/LogicalId` of an ARN; undefined for what is not of this template */
export function namesOfRun(app: Architecture, physicalIds: PhysicalIds): (arn: string) => string | undefined {
  const ids = new Map<string, string>();
  for (const [physical, id] of Object.entries(physicalIds)) {
    const resource = app.byId(id);
    if (resource === undefined) continue;
    const namespace = resource.type.split('::')[1] ?? '';
    // Of a queue it is the URL.
    const name = /^https?:\/\//.test(physical) ? physical.slice(physical.lastIndexOf('/') + 1) : physical;
    for (const service of arnNames[namespace] ?? [namespace.toLowerCase()]) ids.set(`${service} ${name}`, id);
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
