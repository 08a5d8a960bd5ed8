/** Entries that keep no record of who called: distributions, API stages, load balancers, networks. */

import {
  isUnresolved,
  listAt,
  propertyOf,
  type Resource,
  show,
  textAt,
  valueAt,
} from '../../../architecture/index.ts';
import type { RuleContext } from '../../finding.ts';
import { securityRule } from './support/security-rule.ts';

interface LogRow {
  /** What shows that it is on. */
  readonly property: string;
  readonly fix: string;
}

const rows: Readonly<Record<string, LogRow>> = {
  'AWS::CloudFront::Distribution': {
    property: 'DistributionConfig.Logging',
    fix: 'Set DistributionConfig.Logging to a bucket (CDK: enableLogging: true).',
  },
  'AWS::ApiGateway::Stage': {
    property: 'AccessLogSetting',
    fix: 'Set AccessLogSetting to a log group (CDK: deployOptions.accessLogDestination).',
  },
  'AWS::ApiGatewayV2::Stage': {
    property: 'AccessLogSettings',
    fix: 'Set AccessLogSettings to a log group.',
  },
};

/** The newer way: CloudFront hands its log to a delivery of CloudWatch Logs. */
function isDelivered({ app }: RuleContext, resource: Resource): boolean {
  return app
    .ofType('AWS::Logs::DeliverySource')
    .some(({ properties }) => app.namedIn(properties.ResourceArn).includes(resource));
}

function balancers({ app, checked, found }: RuleContext): void {
  for (const balancer of app.ofType('AWS::ElasticLoadBalancingV2::LoadBalancer')) {
    checked();
    const isOn = listAt(balancer.properties, 'LoadBalancerAttributes').some(
      (one) => textAt(one, 'Key') === 'access_logs.s3.enabled' && String(textAt(one, 'Value')) === 'true',
    );
    if (isOn || textAt(balancer.properties, 'Scheme') === 'internal') continue;
    found({
      resource: balancer,
      title: `${balancer.name} keeps no record of requests`,
      fix: 'Set the attribute access_logs.s3.enabled to true with a bucket (CDK: loadBalancer.logAccessLogs(bucket)).',
      evidence: [show(balancer, 'LoadBalancerAttributes')],
    });
  }
}

function networks({ app, checked, found }: RuleContext): void {
  for (const vpc of app.ofType('AWS::EC2::VPC')) {
    checked();
    const isLogged = app
      .ofType('AWS::EC2::FlowLog')
      .some(({ properties }) => app.namedIn(properties.ResourceId).includes(vpc));
    if (isLogged) continue;
    found({
      resource: vpc,
      about: 'flow log',
      severity: 'info',
      title: `Network ${vpc.name} keeps no flow log`,
      fix: 'Add an AWS::EC2::FlowLog of the VPC to a bucket, with TrafficType REJECT where ALL costs too much (CDK: vpc.addFlowLog(…)).',
      evidence: [{ at: vpc.id, shows: 'no AWS::EC2::FlowLog names it' }],
    });
  }
}

export const accessNotLogged = securityRule({
  id: 'access-not-logged',
  title: 'Every entry keeps a record of who called',
  severity: 'low',
  why: 'After something happened, nothing tells who called, from where and how often.',
  reference:
    'https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_detect_investigate_events_app_service_logging.html',
  check: (context) => {
    const { app, checked, found, unclear } = context;
    for (const resource of app.ofType(...Object.keys(rows))) {
      const row = rows[resource.type];
      if (row === undefined) continue;
      checked();
      const value = valueAt(resource.properties, row.property);
      if (isUnresolved(value)) unclear({ resource, what: row.property, because: value.reason });
      if (value !== undefined || isDelivered(context, resource)) continue;
      found({
        resource,
        title: `${resource.name} keeps no record of requests`,
        fix: row.fix,
        evidence: [
          { at: propertyOf(resource, row.property), shows: `${row.property.split('.').at(-1)}: absent` },
        ],
      });
    }
    balancers(context);
    networks(context);
  },
});
