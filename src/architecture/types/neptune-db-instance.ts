import { defineType } from './facts.ts';

export const neptuneDbInstance = defineType({
  type: 'AWS::Neptune::DBInstance',
  called: 'Neptune instance',
  drawn: 'with its owner',
  owner: ['DBClusterIdentifier'],
});
