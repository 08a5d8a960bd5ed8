/** User pools: https://aws.amazon.com/cognito/pricing/ */
import { textAt } from '../../../architecture/index.ts';
import { perUse } from '../amount.ts';
import { freeOfCharge, line, type Pricer, unpriced } from './model.ts';
import { read } from './properties.ts';
import { assumed, monthly } from './questions.ts';

export const userPool: Pricer = {
  types: ['AWS::Cognito::UserPool'],
  work: 'activeUsers',
  questions: () => [
    monthly('activeUsers', 'People who sign in at least once', 'user', (flow) =>
      assumed(perUse(0.1, 'user'), `ten ${flow.uses.unit}s a person`),
    ),
  ],
  items: (pool, flow) => {
    const tier = read(pool).text('UserPoolTier', 'ESSENTIALS');
    const row = tier === undefined ? 'essentials' : tier.toLowerCase();
    const sms = textAt(pool.properties, 'SmsConfiguration.SnsCallerArn') !== undefined;
    return [
      line(`cognito.users.${row}`, flow.of(pool, 'activeUsers')),
      ...(sms
        ? [
            unpriced(
              'Text messages',
              'their price differs by country (https://aws.amazon.com/sns/sms-pricing/)',
            ),
          ]
        : []),
    ];
  },
};

export const cognitoParts: Pricer = {
  types: ['AWS::Cognito::*', 'Custom::DescribeCognitoUserPoolClient', 'Custom::CognitoTrigger'],
  items: () => [
    freeOfCharge(
      'clients, domains and identity pools cost nothing; users are counted with their pool',
      'https://aws.amazon.com/cognito/pricing/',
    ),
  ],
};
