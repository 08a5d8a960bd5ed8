import { defineType } from './facts.ts';

export const appsyncChannelNamespace = defineType({
  type: 'AWS::AppSync::ChannelNamespace',
  called: 'event channel',
  owner: ['ApiId'],
});
