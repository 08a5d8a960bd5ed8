/** What a running local cloud has deployed: templates for the review, and whose name is whose. */
import {
  CloudFormationClient,
  DescribeStacksCommand,
  GetTemplateCommand,
  ListStackResourcesCommand,
} from '@aws-sdk/client-cloudformation';
import { type Architecture, architectureOfTemplates, type TemplateInHand } from '../architecture/index.ts';
import type { Scope } from '../core/regions.ts';
import type { PhysicalIds } from '../review/cost/measured/resources.ts';
import { type CloudAccess, clientConfig } from './cloud-access.ts';

export interface Deployed {
  /** Absent when nothing is deployed. */
  readonly app?: Architecture;
  readonly physicalIds: PhysicalIds;
}

export async function deployed(cloud: CloudAccess): Promise<Deployed> {
  const templates: TemplateInHand[] = [];
  const physicalIds: Record<string, string> = {};
  for (const scope of await cloud.scopes('cloudformation')) {
    const found = await deployedIn(cloud, scope);
    templates.push(...found.templates);
    Object.assign(physicalIds, found.physicalIds);
  }
  const app =
    templates.length === 0 ? undefined : architectureOfTemplates(templates, { region: cloud.region });
  return { ...(app === undefined ? {} : { app }), physicalIds };
}

async function deployedIn(cloud: CloudAccess, scope: Scope) {
  const client = new CloudFormationClient(clientConfig(cloud, scope));
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({}));
    // The newest is listed first; a stack that imports is newer than the one that exports.
    const stacks = [...Stacks].reverse().filter(({ StackStatus = '' }) => !StackStatus.startsWith('DELETE'));
    const templates: TemplateInHand[] = [];
    const physicalIds: Record<string, string> = {};
    for (const { StackName: name = '', Parameters = [] } of stacks) {
      const { TemplateBody: text = '' } = await client.send(new GetTemplateCommand({ StackName: name }));
      const parameters = Parameters.map(({ ParameterKey = '', ParameterValue = '' }) => [
        ParameterKey,
        ParameterValue,
      ]);
      templates.push({
        name,
        text,
        parameters: Object.fromEntries(parameters) as Record<string, string>,
        ...scope,
      });
      let NextToken: string | undefined;
      do {
        const page = await client.send(
          new ListStackResourcesCommand({
            StackName: name,
            ...(NextToken === undefined ? {} : { NextToken }),
          }),
        );
        // A bucket's policy has the bucket's name for its own.
        for (const {
          LogicalResourceId,
          PhysicalResourceId,
          ResourceType = '',
        } of page.StackResourceSummaries ?? [])
          if (PhysicalResourceId && !/Policy$|::Permission$/.test(ResourceType))
            physicalIds[PhysicalResourceId] = `${name}/${LogicalResourceId}`;
        NextToken = page.NextToken;
      } while (NextToken !== undefined);
    }
    return { templates, physicalIds };
  } finally {
    client.destroy();
  }
}
