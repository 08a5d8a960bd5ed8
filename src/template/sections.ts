/**
 * Checks the shape of a template's sections and gives them their types.
 * Refuses transforms other than AWS::LanguageExtensions, Hooks, and sections or attributes CloudFormation does not have.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
 */
import { describe, isArray, isObject, isScalar, isString, type Json, type JsonObject } from './json.ts';
import type { Mappings, OutputDeclaration, RuleDeclaration, Template, TemplateProblem } from './model.ts';
import { reportProblems } from './problems.ts';
import { readParameters } from './sections-parameters.ts';
import { Reader } from './sections-reader.ts';
import { readResources } from './sections-resources.ts';

const sections = new Set([
  ...['AWSTemplateFormatVersion', 'Description', 'Metadata', 'Parameters', 'Mappings', 'Conditions', 'Rules'],
  ...['Transform', 'Hooks', 'Resources', 'Outputs'],
]);

export const languageExtensions = 'AWS::LanguageExtensions';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const limits = { Parameters: 200, Mappings: 200, Resources: 500, Outputs: 200 } as const;

interface SectionOptions {
  readonly source?: string;
  readonly tolerate?: (problem: TemplateProblem) => void;
}

export function readSections(body: JsonObject, { source, tolerate }: SectionOptions = {}): Template {
  const reader = new Reader();
  reader.onlyKeys(body, '', sections, 'Invalid template property or properties');
  refuseNulls(reader, body, '');
  const version = body.AWSTemplateFormatVersion;
  if (version !== undefined && version !== '2010-09-09') {
    reader.problem(
      '/AWSTemplateFormatVersion',
      `Template format error: unsupported value for AWSTemplateFormatVersion.`,
      `the only version is "2010-09-09", got ${describe(version)}`,
    );
  }
  if (body.Hooks !== undefined) reader.unsupported('/Hooks', 'the Hooks section is not supported by Slipway');
  for (const [name, maximum] of Object.entries(limits)) {
    const count = Object.keys(reader.section(body, name)).length;
    if (count > maximum) {
      reader.problem(
        `/${name}`,
        `Template format error: Number of ${name.toLowerCase()}, ${count}, is greater than maximum allowed, ${maximum}`,
      );
    }
  }
  const template: Template = {
    source,
    body,
    constructPaths: readConstructPaths(reader.section(body, 'Resources')),
    AWSTemplateFormatVersion: isString(version) ? version : undefined,
    Description: reader.optionalText(body.Description, '/Description'),
    Metadata: reader.section(body, 'Metadata'),
    Parameters: readParameters(reader, reader.section(body, 'Parameters')),
    Mappings: readMappings(reader, reader.section(body, 'Mappings')),
    Conditions: readConditions(reader, reader.section(body, 'Conditions')),
    Rules: readRules(reader, reader.section(body, 'Rules')),
    Transform: readTransform(reader, body.Transform),
    Resources: readResources(reader, reader.section(body, 'Resources')),
    Outputs: readOutputs(reader, reader.section(body, 'Outputs')),
  };
  reportProblems(reader.problems, template, tolerate);
  return template;
}

/** CloudFormation allows null nowhere in a template. */
function refuseNulls(reader: Reader, value: Json, path: string): void {
  if (value === null) reader.problem(path, `[${path}] 'null' values are not allowed in templates`);
  else if (isArray(value))
    for (const [index, item] of value.entries()) refuseNulls(reader, item, `${path}/${index}`);
  else if (isObject(value))
    for (const [key, item] of Object.entries(value)) refuseNulls(reader, item, `${path}/${key}`);
}

function readConstructPaths(resources: JsonObject): Record<string, string> {
  const paths: [string, string][] = [];
  for (const [logicalId, resource] of Object.entries(resources)) {
    const metadata = isObject(resource) ? resource.Metadata : undefined;
    const path = isObject(metadata) ? metadata['aws:cdk:path'] : undefined;
    if (isString(path)) paths.push([logicalId, path]);
  }
  return Object.fromEntries(paths);
}

function readTransform(reader: Reader, value: Json | undefined): string[] {
  const list = value === undefined ? [] : isArray(value) ? value : [value];
  const names: string[] = [];
  for (const entry of list) {
    const name = isObject(entry) ? entry.Name : entry;
    if (name === languageExtensions) names.push(name);
    else if (isString(name))
      reader.unsupported('/Transform', `the transform ${name} is not supported by Slipway`);
    else
      reader.problem(
        '/Transform',
        'Key Name of transform definition must be a string.',
        `got ${describe(entry)}`,
      );
  }
  return names;
}

function readMappings(reader: Reader, section: JsonObject): Mappings {
  const mappings: [string, Record<string, JsonObject>][] = [];
  for (const [name, map] of Object.entries(section)) {
    const path = `/Mappings/${name}`;
    reader.alphanumeric(name, path, 'Mappings name');
    const rows: [string, JsonObject][] = [];
    if (!isObject(map)) {
      reader.problem(path, `Template format error: Every Mappings member ${name} must be a map`);
      continue;
    }
    for (const [top, row] of Object.entries(map)) {
      const values = reader.object(row, `${path}/${top}`);
      if (values === undefined) continue;
      for (const [second, value] of Object.entries(values)) {
        if (isScalar(value) || (isArray(value) && value.every(isScalar))) continue;
        reader.problem(
          `${path}/${top}/${second}`,
          'Template format error: Every Mappings attribute must be a String or a List.',
          `got ${describe(value)}`,
        );
      }
      rows.push([top, values]);
    }
    mappings.push([name, Object.fromEntries(rows)]);
  }
  return Object.fromEntries(mappings);
}

/** Wider than AWS's page says: its own quick starts have names with `&`, and its linter takes these. */
const conditionName = /^[A-Za-z0-9&_]{1,255}$/;

function readConditions(reader: Reader, section: JsonObject): JsonObject {
  for (const [name, condition] of Object.entries(section)) {
    if (!conditionName.test(name)) reader.nonAlphanumeric(name, `/Conditions/${name}`, 'Conditions name');
    reader.object(condition, `/Conditions/${name}`);
  }
  return section;
}

function readRules(reader: Reader, section: JsonObject): Record<string, RuleDeclaration> {
  const rules: [string, RuleDeclaration][] = [];
  for (const [name, value] of Object.entries(section)) {
    const path = `/Rules/${name}`;
    const rule = reader.object(value, path);
    if (rule === undefined) continue;
    reader.onlyKeys(rule, path, new Set(['RuleCondition', 'Assertions']), 'Invalid rule attribute');
    const list = rule.Assertions;
    if (!isArray(list) || list.length === 0) {
      reader.problem(
        `${path}/Assertions`,
        'Template format error: a rule needs a list of assertions',
        `got ${describe(list)}`,
      );
      continue;
    }
    const assertions = list.flatMap((entry, index) => {
      const at = `${path}/Assertions/${index}`;
      const assertion = reader.object(entry, at);
      if (assertion === undefined) return [];
      if (assertion.Assert === undefined) {
        reader.problem(at, 'Template format error: an assertion needs Assert');
        return [];
      }
      const description = reader.optionalText(assertion.AssertDescription, `${at}/AssertDescription`);
      return [{ Assert: assertion.Assert, AssertDescription: description }];
    });
    rules.push([name, { RuleCondition: rule.RuleCondition, Assertions: assertions }]);
  }
  return Object.fromEntries(rules);
}

const outputKeys = new Set(['Value', 'Description', 'Condition', 'Export']);

function readOutputs(reader: Reader, section: JsonObject): Record<string, OutputDeclaration> {
  const outputs: [string, OutputDeclaration][] = [];
  for (const [name, value] of Object.entries(section)) {
    const path = `/Outputs/${name}`;
    reader.alphanumeric(name, path, 'Outputs name');
    const output = reader.object(value, path);
    if (output === undefined) continue;
    reader.onlyKeys(output, path, outputKeys, 'Invalid output attribute');
    if (output.Value === undefined) {
      reader.problem(path, 'Template format error: Every Outputs member must contain a Value object');
      continue;
    }
    const exported = output.Export === undefined ? undefined : reader.object(output.Export, `${path}/Export`);
    if (exported !== undefined && exported.Name === undefined) {
      reader.problem(`${path}/Export`, 'Template format error: an Export needs a Name');
    }
    outputs.push([
      name,
      {
        Value: output.Value,
        Description: reader.optionalText(output.Description, `${path}/Description`),
        Condition: reader.optionalText(output.Condition, `${path}/Condition`),
        ExportName: exported?.Name,
      },
    ]);
  }
  return Object.fromEntries(outputs);
}
