/**
 * Amazon SNS: standard topics to queues and functions. Email, SMS and web endpoints stay pending and are told to
 * the host. Refused: FIFO topics, mobile push, archives and replay.
 */
import type { Service, ServiceEnvironment } from '../../service.ts';
import { openSns } from './context.ts';
import { createTopic } from './operations/create-topic.ts';
import { deleteTopic } from './operations/delete-topic.ts';
import { getSubscriptionAttributes } from './operations/get-subscription-attributes.ts';
import { getTopicAttributes } from './operations/get-topic-attributes.ts';
import { listSubscriptions } from './operations/list-subscriptions.ts';
import { listSubscriptionsByTopic } from './operations/list-subscriptions-by-topic.ts';
import { listTagsForResource } from './operations/list-tags-for-resource.ts';
import { listTopics } from './operations/list-topics.ts';
import { publish } from './operations/publish.ts';
import { publishBatch } from './operations/publish-batch.ts';
import { setSubscriptionAttributes } from './operations/set-subscription-attributes.ts';
import { setTopicAttributes } from './operations/set-topic-attributes.ts';
import { subscribe } from './operations/subscribe.ts';
import { tagResource } from './operations/tag-resource.ts';
import { unsubscribe } from './operations/unsubscribe.ts';
import { untagResource } from './operations/untag-resource.ts';
import { subscription } from './resources/subscription.ts';
import { topic } from './resources/topic.ts';
import { topicPolicy } from './resources/topic-policy.ts';

export function createSns(env: ServiceEnvironment): Service {
  const context = openSns(env);
  return {
    operations: [
      createTopic(context),
      deleteTopic(context),
      getSubscriptionAttributes(context),
      getTopicAttributes(context),
      listSubscriptions(context),
      listSubscriptionsByTopic(context),
      listTagsForResource(context),
      listTopics(context),
      publish(context),
      publishBatch(context),
      setSubscriptionAttributes(context),
      setTopicAttributes(context),
      subscribe(context),
      tagResource(context),
      unsubscribe(context),
      untagResource(context),
    ],
    resourceTypes: [topic, subscription, topicPolicy],
  };
}
