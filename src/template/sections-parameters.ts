/**
 * Reads the Parameters section. Refuses parameter types that CloudFormation does not have.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
import { describe, isArray, isScalar, isString, type Json, type JsonObject } from './json.ts';
import type { ParameterDeclaration } from './model.ts';
import { parameterType } from './parameter-types.ts';
import type { Reader } from './sections-reader.ts';

const keys = new Set([
  ...['Type', 'Default', 'AllowedValues', 'AllowedPattern', 'ConstraintDescription', 'Description'],
  ...['MinLength', 'MaxLength', 'MinValue', 'MaxValue', 'NoEcho'],
]);

export function readParameters(reader: Reader, section: JsonObject): Record<string, ParameterDeclaration> {
  const parameters: [string, ParameterDeclaration][] = [];
  for (const [name, value] of Object.entries(section)) {
    const path = `/Parameters/${name}`;
    reader.alphanumeric(name, path, 'Parameter name');
    const declared = reader.object(value, path);
    if (declared === undefined) continue;
    reader.onlyKeys(declared, path, keys, 'Invalid template parameter property');
    const type = declared.Type;
    if (!isString(type)) {
      reader.problem(path, `Template format error: Every Parameters object must contain a Type member.`);
      continue;
    }
    if (parameterType(type) === undefined) {
      reader.problem(`${path}/Type`, `Template format error: Unrecognized parameter type: ${type}`);
      continue;
    }
    parameters.push([
      name,
      {
        Type: type,
        Default: readDefault(reader, declared.Default, `${path}/Default`),
        AllowedValues: readAllowedValues(reader, declared.AllowedValues, `${path}/AllowedValues`),
        AllowedPattern: reader.optionalText(declared.AllowedPattern, `${path}/AllowedPattern`),
        ConstraintDescription: reader.optionalText(
          declared.ConstraintDescription,
          `${path}/ConstraintDescription`,
        ),
        Description: reader.optionalText(declared.Description, `${path}/Description`),
        MinLength: reader.optionalNumber(declared.MinLength, `${path}/MinLength`),
        MaxLength: reader.optionalNumber(declared.MaxLength, `${path}/MaxLength`),
        MinValue: reader.optionalNumber(declared.MinValue, `${path}/MinValue`),
        MaxValue: reader.optionalNumber(declared.MaxValue, `${path}/MaxValue`),
        NoEcho: String(declared.NoEcho ?? false).toLowerCase() === 'true',
      },
    ]);
  }
  return Object.fromEntries(parameters);
}

function readDefault(reader: Reader, value: Json | undefined, path: string): string | undefined {
  if (value === undefined || isScalar(value)) return value === undefined ? undefined : String(value);
  reader.problem(
    path,
    'Template format error: Every Default member must be a string.',
    `got ${describe(value)}`,
  );
  return undefined;
}

function readAllowedValues(reader: Reader, value: Json | undefined, path: string): string[] | undefined {
  if (value === undefined) return undefined;
  if (isArray(value) && value.every(isScalar)) return value.map(String);
  reader.problem(path, 'Template format error: AllowedValues is a list of strings', `got ${describe(value)}`);
  return undefined;
}
