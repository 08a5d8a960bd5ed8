/** Nested stacks and custom resources: https://aws.amazon.com/cloudformation/pricing/ */
import { freeOfCharge, type Item, type Pricer, unpriced } from './model.ts';

export const nestedStack: Pricer = {
  types: ['AWS::CloudFormation::Stack', 'AWS::Serverless::Application', 'AWS::CloudFormation::StackSet'],
  items: (resource, flow): readonly Item[] => {
    const inside = flow.app.stacks.some(
      ({ nestedIn, name }) =>
        nestedIn === resource.stack && name === `${resource.stack}-${resource.logicalId}`,
    );
    return [
      inside
        ? freeOfCharge(
            'a stack costs nothing; what is in it is counted by itself',
            'https://aws.amazon.com/cloudformation/pricing/',
          )
        : unpriced('Everything in it', 'its template was not found', undefined, 'unresolved'),
    ];
  },
};

/** Every custom type that no other pricer names. */
export const customResource: Pricer = {
  types: ['Custom::*', 'AWS::CloudFormation::CustomResource'],
  items: () => [
    freeOfCharge(
      'it calls its function only when the stack is deployed; what that function makes outside the template is not seen',
      'https://aws.amazon.com/cloudformation/pricing/',
    ),
  ],
};
