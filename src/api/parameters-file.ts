import { readFileSync } from 'node:fs';
import { parse as parseYaml } from 'yaml';
import { SlipwayError } from '../core/errors.ts';
import { isObject } from '../core/is-object.ts';

/**
 * A file of parameters, JSON or YAML: the list that `aws cloudformation create-stack --parameters file://…` takes, the
 * one of `aws cloudformation deploy --parameter-overrides`, CodePipeline's configuration of a template, or names with
 * their values, by stack or not.
 * https://docs.aws.amazon.com/cli/latest/reference/cloudformation/deploy/
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/continuous-delivery-codepipeline-cfn-artifacts.html
 */
export function readParametersFile(file: string): Record<string, string> {
  let content: unknown;
  try {
    content = parseYaml(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new SlipwayError(
      'cli.usage',
      `the parameters file ${file} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
  const wrong = (what: string) =>
    new SlipwayError('cli.usage', `the parameters file ${file} ${what}`, {
      fix: 'write {"Name": "value"}, {"Stack": {"Name": "value"}}, or [{"ParameterKey": "Name", "ParameterValue": "value"}]',
    });
  if (Array.isArray(content)) {
    const pairs = content.flatMap((entry: unknown) => {
      if (typeof entry === 'string' && entry.indexOf('=') > 0)
        return [[entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)] as const];
      if (!isObject(entry) || typeof entry.ParameterKey !== 'string')
        throw wrong(`has ${JSON.stringify(entry)} in its list`);
      if (entry.UsePreviousValue === true) return [];
      return [[entry.ParameterKey, valueText(entry.ParameterValue, entry.ParameterKey, wrong)] as const];
    });
    return Object.fromEntries(pairs);
  }
  if (!isObject(content)) throw wrong('holds neither a list nor names with their values');
  const { Parameters, ...others } = content;
  if (isObject(Parameters) && Object.keys(others).length > 0)
    throw wrong(`has ${Object.keys(others).join(', ')} beside Parameters, which is not read here`);
  return Object.fromEntries(
    Object.entries(isObject(Parameters) ? Parameters : content).flatMap(([name, value]) =>
      isObject(value)
        ? Object.entries(value).map(([inner, one]) => [`${name}:${inner}`, valueText(one, inner, wrong)])
        : [[name, valueText(value, name, wrong)]],
    ),
  );
}

/** CloudFormation's parameters are texts; a list is one text with commas. */
function valueText(value: unknown, name: string, wrong: (what: string) => SlipwayError): string {
  if (Array.isArray(value)) return value.map((item) => valueText(item, name, wrong)).join(',');
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return String(value);
  throw wrong(`gives ${name} the value ${JSON.stringify(value)}`);
}
