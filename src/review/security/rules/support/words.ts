/** The small words that rules share: lists in a sentence, and the CDK's own machinery. */

import type { ResourceRef } from '../../../../architecture/index.ts';
import type { Rule } from '../../../finding.ts';

export const securityRule = (rule: Omit<Rule, 'area'>): Rule => ({ ...rule, area: 'security' });

export function listed(texts: readonly string[], most = 4): string {
  const unique = [...new Set(texts)];
  const shown = unique.slice(0, most);
  const rest = unique.length - shown.length;
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/**
 * Constructs that the CDK adds by itself and whose policies the app's author cannot change: providers of custom
 * resources, bucket deployment, log retention.
 */
const machinery =
  /(^|\/)(Custom::|AWS[0-9a-f]{32}|BucketNotificationsHandler[0-9a-f]{32}|LogRetention[0-9a-f]{32}|CDKBucketDeployment|SingletonLambda|framework-on|Custom[A-Z][\w]*CustomResourceProvider|@aws-cdk--|waiter-state-machine|KubectlProvider|UpdatePipeline\/SelfMutation|DynamoDBReplica|Provider\/)/i;

export const isMachinery = (resource: ResourceRef): boolean =>
  machinery.test((resource.constructPath ?? '').split('/').slice(1).join('/')) ||
  resource.type.startsWith('Custom::');
