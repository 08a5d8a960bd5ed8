/**
 * Fn::GetStackOutput: an output of another stack, exported or not, perhaps of another region or account.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getstackoutput.html
 */
import { lookup } from '../../core/lookup.ts';
import { isObject, type Json } from '../json.ts';
import { Unresolved } from '../unresolved.ts';
import type { Intrinsic } from './intrinsic.ts';
import { mayBeText, text } from './values.ts';

const usage =
  'Template error: Fn::GetStackOutput takes an object with StackName, OutputName and perhaps Region and RoleArn';

const keys = ['StackName', 'OutputName', 'Region', 'RoleArn'];

export const getStackOutput: Intrinsic = {
  name: 'Fn::GetStackOutput',
  places: ['resources', 'outputs'],
  check(argument) {
    if (!isObject(argument)) return usage;
    const known = Object.keys(argument).every((key) => keys.includes(key));
    const complete = argument.StackName !== undefined && argument.OutputName !== undefined;
    return known && complete && Object.values(argument).every(mayBeText) ? undefined : usage;
  },
  evaluate(argument, evaluation) {
    const given = isObject(argument) ? argument : {};
    const texts: (string | undefined)[] = [];
    for (const key of keys) {
      const value: Json | undefined = lookup(given, key);
      const one = value === undefined ? undefined : text(value, `/${key}`, evaluation, usage);
      if (one instanceof Unresolved) return one;
      texts.push(one);
    }
    const [stackName = '', outputName = '', region = evaluation.scope.pseudo.region, roleArn] = texts;
    return (
      evaluation.scope.stackOutput?.({ stackName, outputName, region, roleArn }) ??
      evaluation.unresolved(`the output ${outputName} of the stack ${stackName} in ${region} is not known`)
    );
  },
};
