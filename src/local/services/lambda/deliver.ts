import type { MessageTarget } from '../../service.ts';

/** A function, a version or an alias of one, by an asynchronous lambda:InvokeFunction with the body as its event. */
export const functionTarget: MessageTarget = {
  arns: /^arn:aws:lambda:[a-z0-9-]+:\d{12}:function:[\w-]+(?::[\w$-]+)?$/,
  async deliver(arn, { body }, as) {
    await as('lambda', 'Invoke', {
      FunctionName: arn,
      InvocationType: 'Event',
      Payload: new TextEncoder().encode(body),
    });
  },
};
