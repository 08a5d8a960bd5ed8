/** Agents and knowledge bases; models are paid by the token: https://aws.amazon.com/bedrock/pricing/ */
import { constant } from '../amount.ts';
import { freeOfCharge, line, type Pricer } from './model.ts';

export const bedrock: Pricer = {
  types: ['AWS::Bedrock::*'],
  items: ({ type }) => [
    type.endsWith('Alias') || type.endsWith('DataSource') || type.endsWith('Version')
      ? freeOfCharge('part of an agent or knowledge base', 'https://aws.amazon.com/bedrock/pricing/')
      : line('bedrock.tokens', constant(0, 'token')),
  ],
};
