/** A topic's policy as AddPermission and RemovePermission edit it. */
import type { SnsContext, Topic } from './context.ts';
import { defaultPolicy } from './topic-attributes.ts';

interface Statement {
  readonly Sid?: string;
}

/** Of a topic without a policy of its own, the default one is edited. */
export function editPolicy(
  context: SnsContext,
  topic: Topic,
  edit: (statements: readonly Statement[]) => readonly Statement[],
): void {
  const policy = JSON.parse(topic.attributes.Policy || defaultPolicy(context.env, topic.arn)) as {
    Statement: Statement | readonly Statement[];
  };
  const Policy = JSON.stringify({ ...policy, Statement: edit([policy.Statement].flat()) });
  context.putTopic({ ...topic, attributes: { ...topic.attributes, Policy } });
}
