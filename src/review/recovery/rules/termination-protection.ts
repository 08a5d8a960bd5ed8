/** Stacks that hold data and have no termination protection. */
import { holdsData } from '../../../architecture/index.ts';
import { recoveryRule } from './property-rule.ts';

export const terminationProtectionRule = recoveryRule({
  id: 'termination-protection',
  severity: 'low',
  title: 'Stacks that hold data have termination protection',
  why: 'When a stack is deleted by mistake the service stops, even when its data is retained.',
  reference: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-protect-stacks.html',
  check: (context) => {
    for (const stack of context.app.stacks) {
      // A nested stack is protected with the stack it is in.
      if (stack.nestedIn !== undefined) continue;
      const held = context.app.resources.filter(
        (resource) => resource.inStack === stack && holdsData(resource),
      );
      const [first] = held;
      if (first === undefined) continue;
      context.checked();
      if (stack.terminationProtection) continue;
      context.found({
        resource: first,
        about: stack.name,
        title: `The stack ${stack.name} holds ${held.length === 1 ? 'a resource' : `${held.length} resources`} with data and has no termination protection`,
        fix: 'CDK: terminationProtection: true in the stack’s props, in stages that hold real data',
        evidence: held.slice(0, 5).map(({ id, type }) => ({ at: id, shows: type })),
      });
    }
  },
});
