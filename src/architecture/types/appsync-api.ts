import { defineType } from './facts.ts';

export const appsyncApi = defineType({ type: 'AWS::AppSync::Api', called: 'event API', entry: {} });
