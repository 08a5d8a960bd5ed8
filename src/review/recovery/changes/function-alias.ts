/** An alias, so that the previous version is one call away. */
import { aliasesOf } from '../components/function.ts';
import { guess, part } from '../figures.ts';
import { byHand } from '../ways.ts';
import { type Change, one } from './model.ts';

export const functionAlias: Change = {
  id: 'function-alias',
  propose: (component) => {
    if (component.resource.type !== 'AWS::Lambda::Function' || aliasesOf(component.resource).length > 0)
      return undefined;
    return one(
      'function-alias',
      component,
      {
        title: `Publish versions of ${component.resource.name} behind an alias`,
        how: 'AWS::Lambda::Version and AWS::Lambda::Alias, with callers naming the alias (CDK: fn.currentVersion, addAlias)',
        prices: [],
      },
      [
        byHand(['bad-deploy'], 'keeps the previous version behind an alias', [
          part('a person points the alias at the previous version', 60, 300, guess('1–5 min')),
        ]),
      ],
    );
  },
};
