/**
 * Fn::FindInMap. DefaultValue, and functions other than Ref and Fn::FindInMap in the keys, need the
 * AWS::LanguageExtensions transform.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-findinmap.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-findinmap-enhancements.html
 */
import { lookup } from '../../core/lookup.ts';
import { intrinsicOf, isArray, isObject, type Json } from '../json.ts';
import { Unresolved } from '../unresolved.ts';
import type { Intrinsic } from './intrinsic.ts';
import { element, elements, mayBeText, text } from './values.ts';

const usage =
  'Template error: every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value';

/** The value that stands in for a missing entry, if one is given. */
function defaultValueOf(argument: Json): Json | undefined {
  const last = element(argument, 3);
  return isObject(last) ? lookup(last, 'DefaultValue') : undefined;
}

/** What in the call exists only with AWS::LanguageExtensions. */
export function languageExtensionIn(argument: Json): string | undefined {
  if (defaultValueOf(argument) !== undefined) return 'the DefaultValue of Fn::FindInMap';
  for (const key of elements(argument)) {
    const name = intrinsicOf(key)?.name;
    if (name !== undefined && name !== 'Ref' && name !== 'Fn::FindInMap') return `${name} in Fn::FindInMap`;
  }
  return undefined;
}

export const findInMap: Intrinsic = {
  name: 'Fn::FindInMap',
  check(argument) {
    if (!isArray(argument)) return usage;
    const keys = argument.slice(0, 3);
    if (keys.length !== 3 || !keys.every(mayBeText) || argument.length > 4) return usage;
    return argument.length === 4 && defaultValueOf(argument) === undefined
      ? 'the fourth element of Fn::FindInMap is {"DefaultValue": …}'
      : undefined;
  },
  evaluate(argument, evaluation) {
    const names: string[] = [];
    for (const index of [0, 1, 2]) {
      const name = text(element(argument, index), `/${index}`, evaluation, usage);
      if (name instanceof Unresolved) return name;
      names.push(name);
    }
    const [map = '', top = '', second = ''] = names;
    const { template } = evaluation.scope;
    const value = lookup(lookup(lookup(template.Mappings, map) ?? {}, top) ?? {}, second);
    if (value !== undefined) return value;
    const fallback = defaultValueOf(argument);
    if (fallback !== undefined) return evaluation.resolve(fallback, '/3/DefaultValue');
    return evaluation.fail(
      lookup(template.Mappings, map) === undefined
        ? `Template error: Mapping named '${map}' is not present in the 'Mappings' section of template.`
        : `Template error: Unable to get mapping for ${map}::${top}::${second}`,
    );
  },
};
