import { defineType } from './facts.ts';

export const appsyncResolver = defineType({
  type: 'AWS::AppSync::Resolver',
  called: 'resolver',
  owner: ['ApiId'],
});
