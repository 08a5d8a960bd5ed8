/** The environment variables that code is given, wherever a type keeps them. */

import type { Resolved } from '../../../../architecture/app/model.ts';
import { isMap, listAt, type Resource, textAt, valueAt } from '../../../../architecture/index.ts';

interface Variable {
  readonly name: string;
  readonly value: Resolved;
  /** `Environment.Variables.TABLE`. */
  readonly at: string;
}

const maps: Readonly<Record<string, readonly string[]>> = {
  'AWS::Lambda::Function': ['Environment.Variables'],
  'AWS::Serverless::Function': ['Environment.Variables'],
  'AWS::Batch::JobDefinition': [],
  'AWS::SageMaker::Model': ['PrimaryContainer.Environment'],
  'AWS::Glue::Job': ['DefaultArguments'],
  'AWS::Synthetics::Canary': ['RunConfig.EnvironmentVariables'],
};

const lists: Readonly<Record<string, readonly string[]>> = {
  'AWS::ECS::TaskDefinition': ['ContainerDefinitions.*.Environment'],
  'AWS::CodeBuild::Project': ['Environment.EnvironmentVariables'],
  'AWS::Batch::JobDefinition': ['ContainerProperties.Environment'],
  'AWS::AppRunner::Service': [
    'SourceConfiguration.ImageRepository.ImageConfiguration.RuntimeEnvironmentVariables',
  ],
  'AWS::Amplify::App': ['EnvironmentVariables'],
};

export const environmentTypes: readonly string[] = [
  ...new Set([...Object.keys(maps), ...Object.keys(lists)]),
];

export function* variablesOf(resource: Resource): Generator<Variable> {
  for (const path of maps[resource.type] ?? []) {
    const value = valueAt(resource.properties, path);
    for (const [name, one] of Object.entries(isMap(value) ? value : {}))
      yield { name, value: one, at: `${path}.${name}` };
  }
  for (const path of lists[resource.type] ?? []) {
    const [before = '', after] = path.split('.*.');
    const holders: [string, Resolved][] =
      after === undefined
        ? [['', resource.properties]]
        : listAt(resource.properties, before).map((one, index) => [`${before}.${index}.`, one]);
    for (const [prefix, holder] of holders)
      for (const [index, one] of listAt(holder, after ?? before).entries()) {
        const name = textAt(one, 'Name');
        const type = textAt(one, 'Type');
        const value = valueAt(one, 'Value');
        // CodeBuild fetches the other types itself.
        if (typeof name !== 'string' || value === undefined || (type !== undefined && type !== 'PLAINTEXT'))
          continue;
        yield { name, value, at: `${prefix}${after ?? before}.${index}.Value` };
      }
  }
}
