/** Instances whose credentials can be fetched with a plain request (the first version of the metadata service). */
import {
  type Architecture,
  isUnresolved,
  type Resource,
  show,
  textAt,
  valueAt,
} from '../../../architecture/index.ts';
import { securityRule } from './support/security-rule.ts';

const properties: Readonly<Record<string, string>> = {
  'AWS::EC2::Instance': 'MetadataOptions.HttpTokens',
  'AWS::EC2::LaunchTemplate': 'LaunchTemplateData.MetadataOptions.HttpTokens',
  'AWS::AutoScaling::LaunchConfiguration': 'MetadataOptions.HttpTokens',
};

/** The instance's launch template can say it too, as the CDK's requireImdsv2 has it. */
function byTemplate(app: Architecture, instance: Resource): boolean {
  return app
    .namedIn(instance.properties.LaunchTemplate)
    .concat(
      app.ofType('AWS::EC2::LaunchTemplate').filter(({ properties: one }) => {
        const name = textAt(instance.properties, 'LaunchTemplate.LaunchTemplateName');
        return name !== undefined && !isUnresolved(name) && one.LaunchTemplateName === name;
      }),
    )
    .some(
      (template) =>
        valueAt(template.properties, 'LaunchTemplateData.MetadataOptions.HttpTokens') === 'required',
    );
}

export const imdsV1 = securityRule({
  id: 'imds-v1',
  title: 'Instances hand out their credentials only in a session',
  severity: 'medium',
  why: 'A server that can be made to fetch an address (SSRF) then hands its role’s credentials to whoever asks through it.',
  reference: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html',
  check: ({ app, checked, found, unclear }) => {
    for (const resource of app.ofType(...Object.keys(properties))) {
      const property = properties[resource.type] ?? '';
      checked();
      const value = textAt(resource.properties, property);
      if (isUnresolved(value)) unclear({ resource, what: property, because: value.reason });
      if (value === 'required' || isUnresolved(value)) continue;
      if (resource.type === 'AWS::EC2::Instance' && byTemplate(app, resource)) continue;
      if (valueAt(resource.properties, property.replace('HttpTokens', 'HttpEndpoint')) === 'disabled')
        continue;
      found({
        resource,
        severity: value === 'optional' ? 'medium' : 'low',
        title: `${resource.name} ${value === 'optional' ? 'hands out' : 'may hand out'} its credentials to plain requests (IMDSv1)${value === undefined ? ', unless its image or the account asks for sessions' : ''}`,
        fix: `Set ${property}: required (CDK: requireImdsv2: true).`,
        evidence: [show(resource, property)],
      });
    }
  },
});
