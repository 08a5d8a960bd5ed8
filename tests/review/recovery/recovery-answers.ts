/** Templates in, answers out: short forms for the tests of the recovery review. */

import { architectureOfTemplate } from '../../../src/architecture/index.ts';
import {
  type Answer,
  type RecoveryReport,
  type RecoveryReviewOptions,
  reviewRecovery,
  type Scenario,
} from '../../../src/review/recovery/index.ts';

export type Resources = Readonly<Record<string, object>>;

export const review = (Resources: Resources, options: RecoveryReviewOptions = {}): RecoveryReport =>
  reviewRecovery(architectureOfTemplate(JSON.stringify({ Resources }), { name: 'App' }), options);

export function answerOf(report: RecoveryReport, logicalId: string, scenario: Scenario): Answer {
  const component = report.components.find(({ resource }) => resource.logicalId === logicalId);
  const answer = component?.answers.find((each) => each.scenario === scenario);
  if (answer === undefined) throw new Error(`no answer of ${logicalId} for ${scenario}`);
  return answer;
}

/** `[survives, RTO from, to, RPO]`. */
export function figures(report: RecoveryReport, logicalId: string, scenario: Scenario) {
  const { survives, rto, rpo } = answerOf(report, logicalId, scenario);
  return [survives, rto?.minSeconds, rto?.maxSeconds, rpo?.seconds];
}

/** An alarm that reaches a person after `seconds`. */
export const alarmOn = (dimension: string, value: unknown, seconds = 120): Resources => ({
  Topic: {
    Type: 'AWS::SNS::Topic',
    Properties: { Subscription: [{ Protocol: 'email', Endpoint: 'on@call.example' }] },
  },
  Alarm: {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      Namespace: 'AWS/Any',
      MetricName: 'Errors',
      Dimensions: [{ Name: dimension, Value: value }],
      Period: 60,
      EvaluationPeriods: seconds / 60,
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
      AlarmActions: [{ Ref: 'Topic' }],
    },
  },
});

export const subnet = (zone: string) => ({
  Type: 'AWS::EC2::Subnet',
  Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/24', AvailabilityZone: zone },
});

export const network = (zones: readonly string[]): Resources => ({
  Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
  ...Object.fromEntries(zones.map((zone, index) => [`Subnet${index}`, subnet(zone)])),
});
