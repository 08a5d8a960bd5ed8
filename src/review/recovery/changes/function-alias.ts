/** Puts versions of a function behind an alias, so that one call goes back to the previous version. */
import { aliasesOf } from '../components/function.ts';
import { guess, part } from '../figures.ts';
import { manual } from '../options.ts';
import { type Change, proposalFor } from './model.ts';

export const functionAlias: Change = {
  id: 'function-alias',
  propose: (component) => {
    if (component.resource.type !== 'AWS::Lambda::Function' || aliasesOf(component.resource).length > 0)
      return undefined;
    return proposalFor(
      'function-alias',
      component,
      {
        title: `Publish versions of ${component.resource.name} behind an alias`,
        how: 'AWS::Lambda::Version and AWS::Lambda::Alias, with callers naming the alias (CDK: fn.currentVersion, addAlias)',
        prices: [],
      },
      [
        manual(['bad-deploy'], 'keeps the previous version behind an alias', [
          part('a person points the alias at the previous version', 60, 300, guess('1–5 min')),
        ]),
      ],
    );
  },
};
