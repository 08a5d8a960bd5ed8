// Writes what AWS's own resource specification says into src/architecture/schema: resource-specs.gen.json has all of
// each resource type of the namespaces below, arns.gen.json the form of the ARN, and the attributes that are lists, of
// every type. `--check` only compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { loadAwsServiceSpec } from '@aws-cdk/aws-service-spec';

const namespaces = new Set([
  ...['ApiGateway', 'ApplicationAutoScaling', 'Budgets', 'CloudFormation', 'CloudFront', 'CloudWatch'],
  ...['DynamoDB', 'EC2', 'ECR', 'ECS', 'Events', 'IAM', 'KMS', 'Lambda', 'Logs', 'S3', 'SNS', 'SQS', 'SSM'],
  ...['SecretsManager'],
]);
/** Of EC2's two hundred types, those that a network of containers and functions is made of. */
const ec2 =
  /^AWS::EC2::(EIP|FlowLog|InternetGateway|NatGateway|NetworkAcl.*|Route|RouteTable|SecurityGroup.*|Subnet.*|VPC|VPCCidrBlock|VPCDHCPOptionsAssociation|DHCPOptions|VPCEndpoint|VPCGatewayAttachment|EgressOnlyInternetGateway)$/;

const db = await loadAwsServiceSpec();

/** `string`, `list<X>`, `map<X>`, `#Definition`, `a|b`. */
function typeName(type, use) {
  switch (type.type) {
    case 'array':
      return `list<${typeName(type.element, use)}>`;
    case 'map':
      return `map<${typeName(type.element, use)}>`;
    case 'union':
      return [...new Set(type.types.map((one) => typeName(one, use)))].join('|');
    case 'ref':
      return `#${use(type.reference.$ref)}`;
    case 'date-time':
    case 'null':
    case 'tag':
      return type.type === 'tag' ? 'json' : 'string';
    default:
      return type.type;
  }
}

/** Type, then what differs from an optional property that is updated in place. */
const property = (one, use) =>
  [
    typeName(one.type, use),
    one.required ? 'required' : '',
    one.causesReplacement === 'yes' ? 'immutable' : one.causesReplacement === 'maybe' ? 'conditional' : '',
  ]
    .filter(Boolean)
    .join(' ');

const sorted = (entries) => Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));

function describe(resource) {
  const definitions = new Map();
  const use = (ref) => {
    const definition = db.get('typeDefinition', ref);
    if (!definitions.has(definition.name)) {
      definitions.set(definition.name, {});
      definitions.set(definition.name, properties(definition.properties));
    }
    return definition.name;
  };
  const properties = (all) => sorted(Object.entries(all).map(([name, one]) => [name, property(one, use)]));
  const own = properties(resource.properties);
  return {
    properties: own,
    ...(definitions.size > 0 ? { definitions: sorted(definitions) } : {}),
    attributes: Object.keys(resource.attributes).sort(),
    ...(resource.primaryIdentifier ? { identifier: resource.primaryIdentifier } : {}),
    ...(resource.tagInformation ? { tags: resource.tagInformation.tagPropertyName } : {}),
    ...(resource.additionalReplacementProperties
      ? { immutablePaths: resource.additionalReplacementProperties.map((path) => path.join('/')) }
      : {}),
  };
}

const wanted = (type) => {
  const [, namespace] = type.split('::');
  return namespaces.has(namespace) && (namespace !== 'EC2' || ec2.test(type));
};
const specs = sorted(
  [...db.all('resource')]
    .filter((one) => wanted(one.cloudFormationType))
    .map((one) => [one.cloudFormationType, describe(one)]),
);

/** `arn:${Partition}:sqs:${Region}:${Account}:${QueueName}` → `sqs:R:A:N`; one that takes several names is left out. */
function arnForm(template) {
  const form = template
    ?.replace(/^arn:\$\{Partition\}:/, '')
    .replace(/\$\{Region\}/, 'R')
    .replace(/\$\{Account\}/, 'A');
  return form?.match(/\$\{/g)?.length === 1 ? form.replace(/\$\{\w+\}/, 'N') : undefined;
}

const arns = sorted(
  [...db.all('resource')].flatMap((one) => {
    const arn = arnForm(one.arnTemplate);
    const lists = Object.entries(one.attributes)
      .filter(([name, { type }]) => type.type === 'array' && !name.includes('.'))
      .map(([name]) => name)
      .sort();
    if (arn === undefined && lists.length === 0) return [];
    return [[one.cloudFormationType, { ...(arn && { arn }), ...(lists.length > 0 && { lists }) }]];
  }),
);

const files = { 'resource-specs.gen.json': specs, 'arns.gen.json': arns };
for (const [name, table] of Object.entries(files)) {
  const file = new URL(`../src/architecture/schema/${name}`, import.meta.url);
  const lines = Object.entries(table).map(([type, row]) => `${JSON.stringify(type)}:${JSON.stringify(row)}`);
  const text = `{\n${lines.join(',\n')}\n}\n`;
  if (!process.argv.includes('--check')) writeFileSync(file, text);
  else if (readFileSync(file, 'utf8') !== text) {
    console.error(`${name} is out of date: run node scripts/resource-specs.mjs`);
    process.exitCode = 1;
  }
}
