import { AwsError, type MessageTarget, unsupported } from '../../service.ts';

/** An event bus, by events:PutEvents with the body as the event's detail. */
export const busTarget: MessageTarget = {
  arns: /^arn:aws:events:[a-z0-9-]+:\d{12}:event-bus\/[\w./-]+$/,
  async deliver(arn, { body, event }, as) {
    if (!event) throw unsupported(`messages without source and detail type to the event bus ${arn}`);
    const { source, detailType, resources } = event;
    const { Entries: [answer] = [] } = await as('events', 'PutEvents', {
      Entries: [
        {
          EventBusName: arn,
          Source: source,
          DetailType: detailType,
          Resources: [...resources],
          Detail: body,
        },
      ],
    });
    if (answer?.ErrorCode) throw new AwsError(answer.ErrorCode, answer.ErrorMessage ?? '');
  },
};
