/**
 * Which rules say the same about the same thing, so that one problem appears once: a row a pair. The second one stays,
 * because it says what can happen in this app, or what is graver; the first is named in its `alsoReportedBy`.
 */
export interface SameProblem {
  readonly rule: string;
  readonly as: string;
  /** `as` speaks of the resource of this type that the resource of `rule` names. Default: both speak of the same one. */
  readonly on?: string;
  /** Only findings that are about this. Default: all of the rule. */
  readonly about?: RegExp;
}

export const sameProblems: readonly SameProblem[] = [
  { rule: 'AwsSolutions-S2', as: 'public-bucket' },
  { rule: 'AwsSolutions-S5', as: 'public-bucket' },
  { rule: 'AwsSolutions-EC23', as: 'open-security-group' },
  { rule: 'AwsSolutions-EC23', as: 'open-security-group', on: 'AWS::EC2::SecurityGroup' },
  { rule: 'W2508', as: 'open-security-group' },
  { rule: 'W2508', as: 'open-security-group', on: 'AWS::EC2::SecurityGroup' },
  { rule: 'W2508', as: 'AwsSolutions-EC23' },
  { rule: 'AwsSolutions-RS8', as: 'public-database' },
  { rule: 'AwsSolutions-OS1', as: 'public-database' },
  { rule: 'W9011', as: 'public-database' },
  { rule: 'AwsSolutions-APIG4', as: 'unauthenticated-route', on: 'AWS::ApiGateway::RestApi' },
  { rule: 'AwsSolutions-APIG4', as: 'unauthenticated-route', on: 'AWS::ApiGatewayV2::Api' },
  { rule: 'AwsSolutions-COG4', as: 'unauthenticated-route', on: 'AWS::ApiGateway::RestApi' },
  { rule: 'AwsSolutions-COG4', as: 'AwsSolutions-APIG4' },
  { rule: 'AwsSolutions-APIG3', as: 'waf-missing', on: 'AWS::ApiGateway::RestApi' },
  { rule: 'AwsSolutions-CFR2', as: 'waf-missing' },
  { rule: 'AwsSolutions-COG7', as: 'guest-credentials' },
  { rule: 'AwsSolutions-ECR1', as: 'public-resource-policy' },
  { rule: 'AwsSolutions-EVB1', as: 'public-resource-policy' },
  { rule: 'AwsSolutions-OS5', as: 'public-resource-policy' },
  { rule: 'AwsSolutions-IAM5', as: 'wildcard-action', about: /^Action::(\*|[\w-]+:\*)$/ },
  { rule: 'AwsSolutions-IAM5', as: 'wildcard-resource', about: /^Resource::\*$/ },
  { rule: 'W3663', as: 'confused-deputy' },
  { rule: 'AwsSolutions-L1', as: 'E2533' },
  { rule: 'AwsSolutions-L1', as: 'E2531' },
  { rule: 'AwsSolutions-L1', as: 'W2531' },
  { rule: 'W9008', as: 'AwsSolutions-RDS2' },
];
