/** Aliases: names for one version, or for two with weights. */
import type { RoutingConfigurationListItem } from '@aws-sdk/client-sfn';
import { readMachine } from './arns.ts';
import type { StatesContext } from './context.ts';
import { noResource, validation } from './errors.ts';
import type { AliasRecord } from './records.ts';

interface Routes {
  readonly machine: string;
  readonly routes: AliasRecord['routes'];
}

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachineAlias.html */
export function readRoutes(
  { records }: StatesContext,
  given: readonly RoutingConfigurationListItem[] | undefined = [],
): Routes {
  const routes = given.map(({ stateMachineVersionArn: arn = '', weight = 0 }) => {
    const { machine, qualifier = '' } = readMachine(arn);
    const version = Number(qualifier);
    if (!/^\d+$/.test(qualifier)) throw validation(`${arn} is not the ARN of a version.`);
    if (!records.versions.has([machine, version])) throw noResource(arn);
    return { machine, version, weight };
  });
  const [first] = routes;
  if (!first || routes.length > 2) throw validation('A routing configuration has one or two versions.');
  if (routes.some(({ machine }) => machine !== first.machine))
    throw validation('The versions of a routing configuration are of one state machine.');
  if (routes.reduce((sum, { weight }) => sum + weight, 0) !== 100)
    throw validation("The weights of a routing configuration's versions must sum to 100.");
  return { machine: first.machine, routes: routes.map(({ version, weight }) => ({ version, weight })) };
}

export function findAlias({ records }: StatesContext, arn = ''): { machine: string; alias: AliasRecord } {
  const { machine, qualifier = '' } = readMachine(arn);
  const alias = records.aliases.get([machine, qualifier]);
  if (!alias) throw noResource(arn);
  return { machine, alias };
}

export const aliasAccess = (action: string, arn = '') => ({
  action: `states:${action}`,
  resource: arn.split(':').slice(0, 7).join(':'),
});
