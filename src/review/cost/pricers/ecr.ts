/** Image repositories: https://aws.amazon.com/ecr/pricing/ */
import { times } from '../amount.ts';
import { line, type Pricer } from './model.ts';
import { each } from './questions.ts';

export const registry: Pricer = {
  types: ['AWS::ECR::Repository'],
  questions: () => [
    each('imageGB', 'Size of an image, compressed', 'GB', 0.3, 'a Node image of middling size'),
    each('images', 'Images that are kept', 'image', 5, 'the last few releases'),
  ],
  items: (repository, flow) => [
    line('ecr.storage', times(flow.of(repository, 'images'), flow.of(repository, 'imageGB'))),
  ],
};
