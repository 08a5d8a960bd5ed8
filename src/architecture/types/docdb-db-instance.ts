import { defineType } from './facts.ts';

export const docdbDbInstance = defineType({
  type: 'AWS::DocDB::DBInstance',
  called: 'DocumentDB instance',
  drawn: 'with its owner',
  owner: ['DBClusterIdentifier'],
});
