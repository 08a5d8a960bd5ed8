/**
 * Every intrinsic function Slipway evaluates, and those it knows and refuses by name.
 */

import type { Json } from '../json.ts';
import type { Template } from '../model.ts';
import { languageExtensions } from '../sections.ts';
import { base64 } from './base64.ts';
import { cidr } from './cidr.ts';
import { findInMap, languageExtensionIn } from './find-in-map.ts';
import { getAtt } from './get-att.ts';
import { getAzs } from './get-azs.ts';
import { getStackOutput } from './get-stack-output.ts';
import { ifFunction } from './if.ts';
import { importValue } from './import-value.ts';
import type { Intrinsic, Place } from './intrinsic.ts';
import { join } from './join.ts';
import { length } from './length.ts';
import { and, equals, not, or } from './logic.ts';
import { ref } from './ref.ts';
import { contains, eachMemberEquals, eachMemberIn } from './rule-functions.ts';
import { select } from './select.ts';
import { split } from './split.ts';
import { sub } from './sub.ts';
import { toJsonString } from './to-json-string.ts';

const all: readonly Intrinsic[] = [
  ...[
    ref,
    getAtt,
    sub,
    join,
    split,
    select,
    ifFunction,
    findInMap,
    base64,
    cidr,
    getAzs,
    importValue,
    getStackOutput,
  ],
  ...[length, toJsonString, and, or, not, equals, contains, eachMemberEquals, eachMemberIn],
];

const intrinsics: ReadonlyMap<string, Intrinsic> = new Map(all.map((one) => [one.name, one]));

const refused: ReadonlyMap<string, string> = new Map([
  ['Fn::Transform', 'macros and AWS::Include run in an AWS account'],
  ['Fn::RefAll', 'it asks the account which resources it has'],
  ['Fn::ValueOf', 'it asks the account about the tags of its resources'],
  ['Fn::ValueOfAll', 'it asks the account about the tags of its resources'],
]);

type Lookup =
  | { readonly intrinsic: Intrinsic }
  | { readonly intrinsic?: undefined; readonly message: string; readonly unsupported: boolean };

/** The intrinsic called `name`, fit for this argument and place, or why not. */
export function lookUpIntrinsic(
  name: string,
  argument: Json,
  place: Place | undefined,
  template: Template,
): Lookup {
  const intrinsic = intrinsics.get(name);
  if (intrinsic === undefined) {
    if (name.startsWith('Fn::ForEach::'))
      return { message: `Fn::ForEach needs "Transform": "${languageExtensions}"`, unsupported: false };
    const reason = refused.get(name);
    return reason === undefined
      ? { message: `${name} is not a CloudFormation function`, unsupported: false }
      : { message: `${name} is not supported by Slipway: ${reason}`, unsupported: true };
  }
  if (place !== undefined && intrinsic.places?.includes(place) === false) {
    return { message: `Template error: ${name} is not allowed in ${sectionOf[place]}`, unsupported: false };
  }
  const extended = template.Transform.includes(languageExtensions);
  if (intrinsic.languageExtensions && !extended) {
    return { message: `${name} needs "Transform": "${languageExtensions}"`, unsupported: false };
  }
  const complaint = intrinsic.check(argument);
  if (complaint !== undefined) return { message: complaint, unsupported: false };
  const extension = name === findInMap.name && !extended ? languageExtensionIn(argument) : undefined;
  if (extension !== undefined) {
    return { message: `${extension} needs "Transform": "${languageExtensions}"`, unsupported: false };
  }
  return { intrinsic };
}

const sectionOf: Readonly<Record<Place, string>> = {
  conditions: 'the Conditions section',
  rules: 'the Rules section',
  resources: 'the Resources section',
  outputs: 'the Outputs section',
};
