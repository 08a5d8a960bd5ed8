import { defineType } from './facts.ts';

export const opensearchserverlessCollection = defineType({
  type: 'AWS::OpenSearchServerless::Collection',
  called: 'vector store',
  drawn: { category: 'ai' },
  store: {
    kind: 'search',
    read: ['aoss:APIAccessAll'],
    write: ['aoss:APIAccessAll'],
    admin: ['aoss:DeleteCollection'],
  },
});
