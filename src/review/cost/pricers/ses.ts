/** Mail: https://aws.amazon.com/ses/pricing/ */
import { perUse } from '../amount.ts';
import { freeOfCharge, line, type Pricer } from './model.ts';
import { assumed, monthly } from './questions.ts';

export const mail: Pricer = {
  types: ['AWS::SES::EmailIdentity', 'AWS::SES::ConfigurationSet'],
  questions: ({ type }) =>
    type.endsWith('EmailIdentity')
      ? [
          monthly('messages', 'Mails sent', 'message', (flow) =>
            assumed(perUse(0.1, 'message'), `one in ten ${flow.uses.unit}s`),
          ),
        ]
      : [],
  items: (identity, flow) =>
    identity.type.endsWith('EmailIdentity')
      ? [line('ses.sent', flow.of(identity, 'messages'))]
      : [freeOfCharge('part of the configuration', 'https://aws.amazon.com/ses/pricing/')],
};
