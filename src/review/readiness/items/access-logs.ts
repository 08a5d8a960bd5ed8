/** Is every request to the way in written down? */
import { at, listAt, textAt } from '../../subject/index.ts';
import { practice, survey } from '../kit.ts';
import type { Item } from '../model.ts';

export const accessLogs: Item = {
  id: 'access-logs',
  area: 'monitoring',
  question: 'Is every request to the way in written down?',
  next: 'AccessLogSetting on API stages, access logs on load balancers and distributions.',
  blocks: false,
  reference: practice('security', 'sec_detect_investigate_events_app_service_logging'),
  check: ({ subject }) =>
    survey({
      resources: [
        ...subject.ofType(
          'AWS::ApiGateway::Stage',
          'AWS::ApiGatewayV2::Stage',
          'AWS::CloudFront::Distribution',
        ),
        ...subject.ofType('AWS::ElasticLoadBalancingV2::LoadBalancer'),
      ],
      what: 'ways in',
      are: 'write access logs',
      lacks: 'no access log',
      judge: ({ properties }) =>
        at(properties, 'AccessLogSetting') !== undefined ||
        at(properties, 'AccessLogSettings') !== undefined ||
        at(properties, 'DistributionConfig.Logging') !== undefined ||
        listAt(properties, 'LoadBalancerAttributes').some(
          (attribute) =>
            textAt(attribute, 'Key') === 'access_logs.s3.enabled' && textAt(attribute, 'Value') === 'true',
        ),
    }),
};
