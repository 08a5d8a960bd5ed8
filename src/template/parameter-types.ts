/**
 * The types a template parameter can have.
 * For AWS-specific types only the shape (one or a list) is known here: CloudFormation also checks that the
 * value exists in the account, which this layer cannot.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html
 */

interface ParameterType {
  readonly kind: 'string' | 'number';
  readonly list: boolean;
  /** The value given is the name of an SSM parameter that holds the value. */
  readonly ssm: boolean;
}

const awsTypes = new Set([
  'AWS::EC2::AvailabilityZone::Name',
  'AWS::EC2::Image::Id',
  'AWS::EC2::Instance::Id',
  'AWS::EC2::KeyPair::KeyName',
  'AWS::EC2::SecurityGroup::GroupName',
  'AWS::EC2::SecurityGroup::Id',
  'AWS::EC2::Subnet::Id',
  'AWS::EC2::Volume::Id',
  'AWS::EC2::VPC::Id',
  'AWS::Route53::HostedZone::Id',
  'AWS::SSM::Parameter::Name',
]);

/** KeyPair and SSM parameter names have no list form. */
const withoutList = new Set(['AWS::EC2::KeyPair::KeyName', 'AWS::SSM::Parameter::Name']);

export function parameterType(name: string): ParameterType | undefined {
  const ssm = /^AWS::SSM::Parameter::Value<(.+)>$/.exec(name)?.[1];
  if (ssm !== undefined) {
    const inner = ssm === 'List<String>' ? 'CommaDelimitedList' : ssm;
    const type = inner.startsWith('AWS::SSM::') || inner === 'Number' ? undefined : parameterType(inner);
    return type === undefined || type.kind === 'number' ? undefined : { ...type, ssm: true };
  }
  if (name === 'String') return { kind: 'string', list: false, ssm: false };
  if (name === 'Number') return { kind: 'number', list: false, ssm: false };
  // `List<String>` is not documented and taken as the other.
  if (name === 'CommaDelimitedList' || name === 'List<String>')
    return { kind: 'string', list: true, ssm: false };
  if (name === 'List<Number>') return { kind: 'number', list: true, ssm: false };
  if (awsTypes.has(name)) return { kind: 'string', list: false, ssm: false };
  const item = /^List<(.+)>$/.exec(name)?.[1];
  if (item !== undefined && awsTypes.has(item) && !withoutList.has(item)) {
    return { kind: 'string', list: true, ssm: false };
  }
  return undefined;
}
