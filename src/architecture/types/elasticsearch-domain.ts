import { defineType } from './facts.ts';
import { opensearchserviceDomain } from './opensearchservice-domain.ts';

/** The service's type under its earlier name. */
export const elasticsearchDomain = defineType({
  ...opensearchserviceDomain,
  type: 'AWS::Elasticsearch::Domain',
});
