import type { OriginAccessControlConfig } from '@aws-sdk/client-cloudfront';
import { policyResource } from './policy-resource.ts';

interface Properties {
  readonly OriginAccessControlConfig: OriginAccessControlConfig;
}

/** Fn::GetAtt answers its id alone. */
const made = ({ OriginAccessControl: { Id } = {} }: { OriginAccessControl?: { Id?: string } }) => ({ Id });

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudfront-originaccesscontrol.html */
export const originAccessControl = policyResource<Properties, OriginAccessControlConfig>({
  type: 'AWS::CloudFront::OriginAccessControl',
  member: 'OriginAccessControlConfig',
  missing: 'NoSuchOriginAccessControl',
  config: (p) => p.OriginAccessControlConfig,
  create: async (invoke, OriginAccessControlConfig) =>
    made(await invoke('cloudfront', 'CreateOriginAccessControl', { OriginAccessControlConfig })),
  get: (invoke, Id) => invoke('cloudfront', 'GetOriginAccessControl', { Id }),
  update: async (invoke, Id, IfMatch, OriginAccessControlConfig) =>
    made(await invoke('cloudfront', 'UpdateOriginAccessControl', { Id, IfMatch, OriginAccessControlConfig })),
  delete: (invoke, Id, IfMatch) => invoke('cloudfront', 'DeleteOriginAccessControl', { Id, IfMatch }),
});
