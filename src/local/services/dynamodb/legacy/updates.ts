/**
 * AttributeUpdates as an update expression's tree, and AttributesToGet as paths.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.AttributeUpdates.html
 */
import type { AttributeValueUpdate } from '@aws-sdk/client-dynamodb';
import { invalidParameter } from '../errors.ts';
import type { Path, Update } from '../expressions/ast.ts';
import { checkName, checkValue } from '../values/check.ts';
import { typeOf, type Value, type ValueType } from '../values/types.ts';

const addable: readonly ValueType[] = ['N', 'SS', 'NS', 'BS', 'L'];
const removable: readonly ValueType[] = ['SS', 'NS', 'BS'];

export function readAttributeUpdates(given: Readonly<Record<string, AttributeValueUpdate>>): Update {
  const set: { path: Path; value: { kind: 'value'; value: Value } }[] = [];
  const remove: Path[] = [];
  const add: { path: Path; value: Value }[] = [];
  const from: { path: Path; value: Value }[] = [];
  for (const [name, { Action: action = 'PUT', Value: wanted }] of Object.entries(given)) {
    const path = [checkName(name)];
    if (wanted === undefined) {
      if (action !== 'DELETE')
        throw invalidParameter('Only DELETE action is allowed when no attribute value is specified');
      remove.push(path);
      continue;
    }
    const value = checkValue(wanted as Value);
    const type = typeOf(value);
    if (action === 'PUT') set.push({ path, value: { kind: 'value', value } });
    else if (action === 'ADD') {
      if (!addable.includes(type)) throw invalidParameter(`ADD action is not supported for the type ${type}`);
      add.push({ path, value });
    } else {
      if (!removable.includes(type))
        throw invalidParameter(`DELETE action with value is not supported for the type ${type}`);
      from.push({ path, value });
    }
  }
  return { set, remove, add, delete: from, mismatch: 'Type mismatch for attribute to update' };
}

export function readAttributesToGet(names: readonly string[]): readonly Path[] {
  const duplicate = names.find((name, i) => names.indexOf(name) !== i);
  if (duplicate !== undefined) throw invalidParameter(`Duplicate value in attribute name: ${duplicate}`);
  return names.map((name) => [checkName(name)]);
}
