/** Turns on termination protection of a stack. */
import { protectedStack } from '../options.ts';
import type { Change } from './model.ts';

export const terminationProtection: Change = {
  id: 'termination-protection',
  propose: (component, { components }) => {
    const { inStack } = component.resource;
    const isGuarded = ({ data }: typeof component) => data !== 'kept';
    if (inStack.terminationProtection || !isGuarded(component)) return undefined;
    const covered = components.filter((other) => other.resource.stack === inStack.name && isGuarded(other));
    return {
      id: `termination-protection@${inStack.name}`,
      title: `Protect the stack ${inStack.name} against deletion`,
      how: 'CDK: new Stack(…, { terminationProtection: true }); or aws cloudformation update-termination-protection',
      components: covered.map(({ id }) => id),
      adds: () => [protectedStack(inStack.name)],
      prices: [],
    };
  },
};
