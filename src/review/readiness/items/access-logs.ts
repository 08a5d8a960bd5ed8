/** Is every request to an entry point logged? */
import { listAt, textAt, valueAt } from '../../../architecture/index.ts';
import { survey } from '../checks.ts';
import type { Item } from '../model.ts';
import { practice } from '../well-architected.ts';

export const accessLogs: Item = {
  id: 'access-logs',
  area: 'monitoring',
  question: 'Is every request to an entry point logged?',
  next: 'AccessLogSetting on API stages, access logs on load balancers and distributions.',
  reference: practice('security', 'sec_detect_investigate_events_app_service_logging'),
  check: ({ app }) =>
    survey({
      resources: [
        ...app.ofType('AWS::ApiGateway::Stage', 'AWS::ApiGatewayV2::Stage', 'AWS::CloudFront::Distribution'),
        ...app.ofType('AWS::ElasticLoadBalancingV2::LoadBalancer'),
      ],
      what: 'entry points',
      are: 'write access logs',
      lacks: 'no access log',
      judge: ({ properties }) =>
        valueAt(properties, 'AccessLogSetting') !== undefined ||
        valueAt(properties, 'AccessLogSettings') !== undefined ||
        valueAt(properties, 'DistributionConfig.Logging') !== undefined ||
        listAt(properties, 'LoadBalancerAttributes').some(
          (attribute) =>
            textAt(attribute, 'Key') === 'access_logs.s3.enabled' && textAt(attribute, 'Value') === 'true',
        ),
    }),
};
