import { defineType } from './facts.ts';

export const s3vectorsVectorBucket = defineType({
  type: 'AWS::S3Vectors::VectorBucket',
  called: 'vector store',
  holdsData: true,
  drawn: { category: 'ai' },
});
