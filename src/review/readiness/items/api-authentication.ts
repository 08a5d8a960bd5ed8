/** Does every API route know who calls, unless it is meant to be public? */
import { flagAt, isUnresolved, textAt } from '../../../architecture/index.ts';
import { survey } from '../checks.ts';
import type { Item } from '../model.ts';
import { practice } from '../well-architected.ts';

export const apiAuthentication: Item = {
  id: 'api-authentication',
  area: 'security',
  question: 'Does every API route know who calls, unless it is meant to be public?',
  next: 'An authorizer, IAM or an API key on the route; or answer in slipway-review.yaml, with the reason, that it is public.',
  reference: practice('security', 'sec_network_protection_layered'),
  check: ({ app }) => {
    const found = survey({
      resources: app
        .ofType('AWS::ApiGateway::Method', 'AWS::ApiGatewayV2::Route')
        .filter(({ properties }) => textAt(properties, 'HttpMethod') !== 'OPTIONS'),
      what: 'API routes',
      are: 'ask who calls',
      lacks: 'anybody may call it',
      judge: ({ properties }) => {
        const kind = textAt(properties, 'AuthorizationType');
        if (isUnresolved(kind)) return kind.reason;
        return (kind !== undefined && kind !== 'NONE') || flagAt(properties, 'ApiKeyRequired') === true;
      },
    });
    // A public API is not wrong; that it is meant to be public, nothing but a person can say.
    return found.answer === 'no' || found.answer === 'partly'
      ? {
          ...found,
          answer: 'person',
          from: 'nobody',
          because: `${found.because} Whether they are meant to be public, a person must say.`,
        }
      : found;
  },
};
