/**
 * Reads the Resources section: names, types, and the attributes of a resource.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-product-attribute-reference.html
 */
import { describe, isArray, isString, type Json, type JsonObject } from './json.ts';
import type { DeletionPolicy, ResourceDeclaration, UpdateReplacePolicy } from './model.ts';
import type { Reader } from './sections-reader.ts';

const keys = new Set([
  ...['Type', 'Properties', 'DependsOn', 'Condition', 'DeletionPolicy', 'UpdateReplacePolicy'],
  ...['CreationPolicy', 'UpdatePolicy', 'Metadata', 'Description'],
]);

/** The version of the custom resource protocol, which only 1.0 has had; the CDK writes it as `cfnOptions.version`. */
const customKeys = new Set([...keys, 'Version']);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html */
const withSnapshots = new Set([
  'AWS::DocDB::DBCluster',
  'AWS::EC2::Volume',
  'AWS::ElastiCache::CacheCluster',
  'AWS::ElastiCache::ReplicationGroup',
  'AWS::Neptune::DBCluster',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::Redshift::Cluster',
]);

const deletionPolicies = [
  'Delete',
  'Retain',
  'RetainExceptOnCreate',
  'Snapshot',
] as const satisfies DeletionPolicy[];
const replacePolicies = ['Delete', 'Retain', 'Snapshot'] as const satisfies UpdateReplacePolicy[];

export function readResources(reader: Reader, section: JsonObject): Record<string, ResourceDeclaration> {
  const resources: [string, ResourceDeclaration][] = [];
  for (const [logicalId, value] of Object.entries(section)) {
    const path = `/Resources/${logicalId}`;
    if (logicalId.startsWith('Fn::ForEach::')) {
      reader.problem(path, `Fn::ForEach needs "Transform": "AWS::LanguageExtensions"`);
      continue;
    }
    if (logicalId === 'Fn::Transform') {
      reader.unsupported(path, 'Fn::Transform (macros, AWS::Include) is not supported by Slipway');
      continue;
    }
    reader.alphanumeric(logicalId, path, 'Resource name');
    const declared = reader.object(value, path);
    if (declared === undefined) continue;
    const type = declared.Type;
    const known = isString(type) && isCustomType(type) ? customKeys : keys;
    reader.onlyKeys(declared, path, known, 'Invalid template resource property');
    reader.optionalText(declared.Description, `${path}/Description`);
    if (!isString(type)) {
      reader.problem(
        path,
        `Template format error: [${path}] Every Resources object must contain a Type member.`,
      );
      continue;
    }
    resources.push([
      logicalId,
      {
        Type: type,
        Properties: reader.optionalObject(declared.Properties, `${path}/Properties`),
        DependsOn: readDependsOn(reader, declared.DependsOn, `${path}/DependsOn`),
        Condition: readCondition(reader, declared.Condition, `${path}/Condition`),
        DeletionPolicy: readPolicy(
          reader,
          declared.DeletionPolicy,
          `${path}/DeletionPolicy`,
          type,
          deletionPolicies,
        ),
        UpdateReplacePolicy: readPolicy(
          reader,
          declared.UpdateReplacePolicy,
          `${path}/UpdateReplacePolicy`,
          type,
          replacePolicies,
        ),
        CreationPolicy: reader.optionalObject(declared.CreationPolicy, `${path}/CreationPolicy`),
        UpdatePolicy: reader.optionalObject(declared.UpdatePolicy, `${path}/UpdatePolicy`),
        Metadata: reader.optionalObject(declared.Metadata, `${path}/Metadata`),
      },
    ]);
  }
  return Object.fromEntries(resources);
}

const isCustomType = (type: string): boolean => /^(AWS::CloudFormation::CustomResource$|Custom::)/.test(type);

function readDependsOn(reader: Reader, value: Json | undefined, path: string): string[] {
  const list = value === undefined ? [] : isArray(value) ? value : [value];
  const names = list.filter(isString);
  if (names.length !== list.length) {
    reader.problem(
      path,
      'Template format error: DependsOn must be a string or list of strings',
      `got ${describe(value)}`,
    );
  }
  return names;
}

function readCondition(reader: Reader, value: Json | undefined, path: string): string | undefined {
  if (value === undefined || isString(value)) return value;
  reader.problem(
    path,
    'Template format error: Every Condition member must be a string.',
    `got ${describe(value)}`,
  );
  return undefined;
}

function readPolicy<P extends string>(
  reader: Reader,
  value: Json | undefined,
  path: string,
  type: string,
  allowed: readonly P[],
): P | undefined {
  if (value === undefined) return undefined;
  const name = path.split('/').at(-1);
  const policy = allowed.find((one) => one === value);
  if (policy === undefined) {
    reader.problem(
      path,
      `Template error: Unrecognized ${name} ${describe(value)}; it is one of ${allowed.join(', ')}`,
    );
  } else if (policy === 'Snapshot' && !withSnapshots.has(type)) {
    reader.problem(path, `Template error: resource type ${type} does not support ${name} Snapshot`);
  }
  return policy;
}
