/**
 * The sentence an AWS client reads when it is denied.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
import type { AccessRequest, Caller, Denied } from './types.ts';

export function denialMessage(
  caller: Pick<Caller, 'arn' | 'kind'>,
  request: Pick<AccessRequest, 'action' | 'resource'>,
  decision: Pick<Denied, 'kind' | 'explanation'>,
): string {
  const who = caller.kind === 'anonymous' ? 'anonymous' : caller.arn;
  const why =
    decision.kind === 'explicit' ? `with ${decision.explanation}` : `because ${decision.explanation}`;
  return `User: ${who} is not authorized to perform: ${request.action} on resource: ${request.resource} ${why}`;
}
